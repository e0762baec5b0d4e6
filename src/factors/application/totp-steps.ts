import type { TotpParameters } from '../domain/factor.js';

/** What checking a code of an authenticator takes. */
export interface Authenticator {
  id: string;
  /** Sealed. */
  secret: string;
  totp: TotpParameters;
}

/** The time steps of authenticators, each taken in once (R66). Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class TotpSteps {
  /**
   * The active authenticators of a subject, oldest first, and the ledger's now in epoch milliseconds: one clock for all nodes,
   * whatever theirs say (R68).
   */
  abstract activeOf(applicationId: string, subject: string): Promise<{ now: number; authenticators: Authenticator[] }>;

  /**
   * Takes in the code of a time step (RFC 6238 section 5.2), in one guarded UPDATE: only if it is later than every step before, or
   * was taken in for the same verification.
   */
  abstract take(factorId: string, step: number, takenFor: string): Promise<boolean>;
}
