import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Fingerprints, RecipientVault, type SealedDetails } from '../application/ports.js';

@Injectable()
export class KeyringVault extends RecipientVault {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  seal(verificationId: string, details: SealedDetails): string {
    return this.keyring.seal(JSON.stringify(details), verificationId);
  }

  open(verificationId: string, sealed: string): SealedDetails {
    return JSON.parse(this.keyring.open(sealed, verificationId)) as SealedDetails;
  }

  indexes(countedAs: string): Buffer[] {
    return this.keyring.indexes(countedAs);
  }

  olderKids(): string[] {
    return this.keyring.olderKids;
  }

  limitKey(countedAs: string): string {
    return this.keyring.stableIndex(countedAs);
  }
}

@Injectable()
export class KeyringFingerprints extends Fingerprints {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  of(text: string): string {
    return this.keyring.fingerprint(text);
  }

  stable(text: string): string {
    return this.keyring.stableIndex(text);
  }

  matches(fingerprint: string, text: string): boolean {
    return this.keyring.matches(fingerprint, text);
  }
}
