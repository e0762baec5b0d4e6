import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { KeyedNames } from '../application/ports.js';

/** Half of an index is as long as what nobody guesses, and a hundred thousand of them are in memory. */
const BYTES = 16;

@Injectable()
export class KeyringNames extends KeyedNames {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  of(text: string): [string, ...string[]] {
    const [newest, ...older] = this.keyring.indexes(text);
    return [nameOf(newest), ...older.map(nameOf)];
  }

  seal(text: string, entryId: string): string {
    return this.keyring.seal(text, entryId);
  }
}

const nameOf = (index: Buffer) => index.subarray(0, BYTES).toString('base64url');
