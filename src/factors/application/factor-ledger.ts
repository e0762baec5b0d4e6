import type { Factor } from '../domain/factor.js';

/** The durable record of factors. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class FactorLedger {
  /** The active factors of a subject, oldest first. */
  abstract activeOf(applicationId: string, subject: string): Promise<Factor[]>;
  /** One of the application's factors; null for another's, as for one that does not exist (R78). */
  abstract find(applicationId: string, id: string): Promise<Factor | null>;
}
