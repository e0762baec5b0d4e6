// What factors ask of others. What they keep has a port for each kind of record, in a file of its name.
import type { TotpParameters } from '../domain/factor.js';

/** Secrets at rest: AES-256-GCM with the id of its key, for one factor of one application (R70). */
export abstract class FactorSecrets {
  abstract seal(factor: { applicationId: string; id: string }, secret: Buffer): string;
  /** @throws 503 when its key is not on this node; an error when it was altered or belongs to another factor */
  abstract open(factor: { applicationId: string; id: string }, sealed: string): Buffer;
  /**
   * Null where it was altered or belongs to another factor, which is logged: one row that was damaged must not keep a person from
   * the others.
   *
   * @throws 503 when its key is not on this node: nobody knows then what it would have said (R6)
   */
  abstract tryOpen(factor: { applicationId: string; id: string }, sealed: string): Buffer | null;
  /** Ids of the keys that are about to go. */
  abstract olderKids(): string[];
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
