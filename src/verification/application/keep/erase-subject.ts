import { Injectable } from '@nestjs/common';
import { EraseFactors } from '../../../factors/application/erase-factors.js';
import { Archive } from '../ledger.js';
import { ForgetRecords } from './forget-records.js';

const BATCH = 200;

/**
 * Removes everything that a subject has enrolled, and its name from verifications that no recipient leads to (GDPR Art. 17, R90);
 * what came of those stays to be read, since a person who begins anew may ask who got in.
 */
@Injectable()
export class EraseSubject {
  constructor(
    private readonly eraseFactors: EraseFactors,
    private readonly archive: Archive,
    private readonly forgetRecords: ForgetRecords,
  ) {}

  /** Factors first: without one, none of these verifications can be started any more. @returns how many factors there were. @throws 503 */
  async execute(administrator: { applicationId: string; keyId: string }, subject: string): Promise<number> {
    const factors = await this.eraseFactors.execute(administrator, subject);
    for (let batch = BATCH; batch === BATCH;) {
      const ids = await this.archive.ofSubjectAlone(administrator.applicationId, subject, BATCH);
      await this.forgetRecords.empty(ids);
      batch = ids.length;
    }
    return factors;
  }
}
