import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Log } from '../../platform/log/log.js';
import { DomainError } from '../../shared/domain-error.js';
import { FactorSecrets } from '../application/ports.js';

/** Sealed for one application and one factor (R70): a row that was copied to another person opens nothing there. */
@Injectable()
export class KeyringFactorSecrets extends FactorSecrets {
  constructor(
    private readonly keyring: Keyring,
    private readonly log: Log,
  ) {
    super();
  }

  seal(factor: { applicationId: string; id: string }, secret: Buffer): string {
    return this.keyring.seal(secret.toString('base64'), contextOf(factor));
  }

  open(factor: { applicationId: string; id: string }, sealed: string): Buffer {
    return Buffer.from(this.keyring.open(sealed, contextOf(factor)), 'base64');
  }

  tryOpen(factor: { applicationId: string; id: string }, sealed: string): Buffer | null {
    try {
      return this.open(factor, sealed);
    } catch (error) {
      // It may be whole: another process has the key.
      if (error instanceof DomainError) throw error;
      this.log.failure('factors.unreadable', error, { id: factor.id });
      return null;
    }
  }

  olderKids(): string[] {
    return this.keyring.olderKids;
  }
}

/** Ids have no slash, so that no two factors share a context. */
const contextOf = ({ applicationId, id }: { applicationId: string; id: string }) => `factor/${applicationId}/${id}`;
