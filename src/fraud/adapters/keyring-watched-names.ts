import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { WatchedNames } from '../application/ports.js';

/** Enough of a keyed name to tell the numbers of one block apart. */
const LENGTH = 12;

@Injectable()
export class KeyringWatchedNames extends WatchedNames {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  of(text: string): string {
    return this.keyring.stableIndex(`fraud:${text}`).slice(0, LENGTH);
  }
}
