import { Injectable } from '@nestjs/common';
import type { Factor } from '../domain/factor.js';
import { FactorLedger } from './factor-ledger.js';

/** Finds factors, for other features and for whoever asks by HTTP. */
@Injectable()
export class FindFactors {
  constructor(private readonly ledger: FactorLedger) {}

  /** The active factors of a subject, oldest first; none for a subject that nobody has heard of. @throws 503 */
  ofSubject(applicationId: string, subject: string): Promise<Factor[]> {
    return this.ledger.activeOf(applicationId, subject);
  }

  /** One factor, active or not; null for another application's as for one that does not exist (R78). @throws 503 */
  find(applicationId: string, id: string): Promise<Factor | null> {
    return this.ledger.find(applicationId, id);
  }
}
