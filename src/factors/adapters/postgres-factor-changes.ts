import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { ERASE_SUBJECT, ERASE_TOLD } from '../../events/erase-subject-sql.js';
import { Database } from '../../platform/postgres/database.js';
import type { Changer } from '../application/changer.js';
import { FactorChanges } from '../application/factor-changes.js';
import type { Factor, FactorStatus } from '../domain/factor.js';
import { auditChange } from './audit-change.js';
import * as sql from './change-sql.js';
import { factorOf, type FactorRow } from './factor-row.js';
import { LOCK_SUBJECTS, lockProven } from './subject-lock.js';

@Injectable()
export class PostgresFactorChanges extends FactorChanges {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  rename(id: string, label: string | null, changer: Changer): Promise<Factor | null> {
    return this.database.transaction(async (query) => {
      const [row] = await query<FactorRow>(sql.RENAME, [changer.applicationId, id, label, changer.by]);
      if (!row) return null;
      await auditChange(this.audit, changer, { action: 'factor.renamed', factors: [row] }, query);
      return factorOf(row);
    });
  }

  remove(
    { id, subject, status }: { id: string; subject: string; status: FactorStatus },
    changer: Changer,
  ): Promise<'removed' | 'gone' | 'unproven'> {
    const { applicationId } = changer;
    return this.database.transaction(async (query) => {
      if (!(await lockProven(subject, changer, query))) return 'unproven';
      const factors = await query<FactorRow>(sql.REMOVE, [applicationId, id, subject, status, changer.by]);
      await auditChange(this.audit, changer, { action: 'factor.removed', factors }, query);
      return factors.length > 0 ? 'removed' : 'gone';
    });
  }

  /** The audit log outlives what is erased, so that it says how many there were and not whose. */
  erase(subject: string, { applicationId, keyId: actor, by }: Changer): Promise<number> {
    return this.database.transaction(async (query) => {
      await query(LOCK_SUBJECTS, [applicationId, [subject]]);
      const { length: factors } = await query(sql.ERASE, [applicationId, subject, by]);
      // In a statement of its own: it sees the events of those for whom the one before waited.
      await query(ERASE_SUBJECT, [applicationId, subject]);
      await this.audit.append({ actor, action: 'factors.erased', target: applicationId, details: { factors } }, query);
      return factors;
    });
  }

  async forgetErased(limit: number): Promise<number> {
    return (await this.database.query(ERASE_TOLD, [limit])).length;
  }
}
