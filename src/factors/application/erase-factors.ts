import { Injectable } from '@nestjs/common';
import type { Changer } from './changer.js';
import { FactorChanges } from './factor-changes.js';

/**
 * Removes everything that a subject has enrolled (GDPR Art. 17, R90). It is told like any other removal: whoever got hold of an
 * administrator's key must not be rid of somebody's factors in silence.
 */
@Injectable()
export class EraseFactors {
  constructor(private readonly changes: FactorChanges) {}

  /** @returns how many factors there were. @throws 503 */
  execute(administrator: { applicationId: string; keyId: string }, subject: string): Promise<number> {
    const { applicationId, keyId } = administrator;
    const changer: Changer = { applicationId, keyId, by: 'administrator' };
    return this.changes.erase(subject, changer);
  }
}
