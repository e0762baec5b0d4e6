import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { RecipientNames } from '../application/ports.js';

@Injectable()
export class KeyringRecipientNames extends RecipientNames {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  of(countedAs: string): string[] {
    return this.keyring.stableIndexes(countedAs);
  }
}
