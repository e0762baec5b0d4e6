import { Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { AuditLog } from '../../audit/audit-log.js';
import { Database } from '../../platform/postgres/database.js';
import { ImportLedger, type EnrolledSecret, type ImportedFactor } from '../application/import-ledger.js';
import { parametersOf, type ParametersRow } from './factor-row.js';
import { ADD, ENROLLED } from './import-sql.js';
import { LOCK_SUBJECTS } from './subject-lock.js';

type EnrolledRow = Omit<EnrolledSecret, 'totp'> & ParametersRow & QueryResultRow;

@Injectable()
export class PostgresImportLedger extends ImportLedger {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  add<Choice extends { added: readonly ImportedFactor[] }>(
    { applicationId, actor, ...to }: { applicationId: string; subjects: readonly string[]; actor: string },
    choose: (enrolled: EnrolledSecret[]) => Choice,
  ): Promise<Choice> {
    const subjects = [...new Set(to.subjects)].toSorted();
    return this.database.transaction(async (query) => {
      await query(LOCK_SUBJECTS, [applicationId, subjects]);
      const choice = choose((await query<EnrolledRow>(ENROLLED, [applicationId, subjects])).flatMap(enrolledOf));
      const { added } = choice;
      if (added.length === 0) return choice;
      const rows = added.map(({ totp, ...factor }) => ({ ...factor, ...totp }));
      await query(ADD, [applicationId, JSON.stringify(rows)]);
      const factors = added.map(({ id }) => id);
      await this.audit.append(
        { actor, action: 'factors.imported', target: applicationId, details: { applicationId, factors } },
        query,
      );
      return choice;
    });
  }
}

function enrolledOf({ algorithm, digits, period, ...enrolled }: EnrolledRow): EnrolledSecret[] {
  const totp = parametersOf({ algorithm, digits, period });
  return totp ? [{ ...enrolled, totp }] : [];
}
