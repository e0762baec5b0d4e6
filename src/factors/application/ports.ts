import type { FactorChannel } from '../../shared/channel.js';
import type { TotpParameters } from '../domain/factor.js';

/** Of one factor, what checking a code of it takes. */
export interface CheckableFactor {
  id: string;
  /** Sealed; see {@link FactorSecrets}. */
  secret: string;
  /** Null for backup codes. */
  totp: TotpParameters | null;
}

/** Codes taken in, each once: every method that takes is ONE guarded UPDATE (R66, R72). All throw 503 `unavailable`. */
export abstract class FactorCodes {
  /**
   * The active factors of a subject of one channel, oldest first, and the ledger's now in epoch milliseconds: one clock for all
   * nodes, whatever theirs say (R68).
   */
  abstract checkable(
    applicationId: string,
    subject: string,
    channel: FactorChannel,
  ): Promise<{ now: number; factors: CheckableFactor[] }>;

  /**
   * Takes in the code of a time step (RFC 6238 section 5.2): only if it is later than every step before, or was taken in for the
   * same verification.
   */
  abstract takeStep(factorId: string, step: number, takenFor: string): Promise<boolean>;

  /**
   * Takes in a backup code by its digest, and tells how few are left in the same statement.
   *
   * @returns `used` when it was taken in for something else before, `unknown` when there is none
   */
  abstract takeBackupCode(factorId: string, digest: Buffer, takenFor: string): Promise<'taken' | 'used' | 'unknown'>;
}

/** Secrets at rest: AES-256-GCM with the id of its key, for one factor of one application (R70). */
export abstract class FactorSecrets {
  abstract seal(factor: { applicationId: string; id: string }, secret: Buffer): string;
  /** @throws 503 when its key is not on this node; an error when it was altered or belongs to another factor */
  abstract open(factor: { applicationId: string; id: string }, sealed: string): Buffer;
  /** Null where {@link open} throws, which is logged: one row that was damaged must not keep a person from the others. */
  abstract tryOpen(factor: { applicationId: string; id: string }, sealed: string): Buffer | null;
}

/** RFC 6238's arithmetic. */
export abstract class TotpCodes {
  /**
   * The time step whose code this is, the earliest of those within the window that it matches; null when of none.
   *
   * @param now epoch milliseconds
   * @param window steps before and after now's that count: 0 to 2 (R68)
   */
  abstract matchedStep(
    code: string,
    secret: Buffer,
    at: { parameters: TotpParameters; now: number; window: number },
  ): number | null;
}

/** What an application has set about factors. */
export abstract class FactorSettings {
  /** At most a few seconds old. @throws 404 for an unknown application, 503 */
  abstract of(applicationId: string): Promise<{ window: number; issuer: string }>;
}
