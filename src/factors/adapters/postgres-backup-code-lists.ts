import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { tellFactor } from '../../events/factor-event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import { BackupCodeLists, type NewBackupCodes } from '../application/backup-code-lists.js';
import type { Factor } from '../domain/factor.js';
import { auditChange } from './audit-change.js';
import { COLUMNS, factorOf, type FactorRow } from './factor-row.js';
import { lockProven } from './subject-lock.js';

const OF = `
  SELECT id, codes_left AS "codesLeft" FROM factors
  WHERE application_id = $1 AND subject = $2 AND channel = 'backup-code'`;

/**
 * Locks the list, so that whoever takes a code of it waits and then finds the new ones. Not one INSERT … ON CONFLICT DO UPDATE: that
 * looks at the index of one list a subject, may just then miss the row that a used code has changed, and fails over its id.
 */
const PUT_LIST = `
  WITH renewed AS (
    UPDATE factors SET secret = $4, codes_left = $5::smallint, activated_at = now(), last_event = last_event + 1
    WHERE id = $1 AND application_id = $2 AND subject = $3 AND channel = 'backup-code' AND $6::boolean AND ($7::boolean OR codes_left = 0)
    RETURNING *
  ), made AS (
    INSERT INTO factors
      (id, application_id, subject, channel, status, secret, codes_left, proven, last_event, activated_at)
    SELECT $1, $2, $3, 'backup-code', 'active', $4, $5::smallint, $6::boolean, 1, now()
    WHERE NOT EXISTS (
      SELECT FROM factors WHERE application_id = $2 AND subject = $3 AND (channel = 'backup-code' OR status = 'active' AND NOT $6::boolean))
    ON CONFLICT (application_id, subject) WHERE channel = 'backup-code' DO NOTHING
    RETURNING *
  ), list AS (SELECT * FROM renewed UNION ALL SELECT * FROM made),
  ${tellFactor('factor.codes-created', 'list', `jsonb_build_object('codesLeft', codes_left, 'by', $8::text)`)}
  SELECT ${COLUMNS} FROM list`;

const DROP_CODES = 'DELETE FROM backup_codes WHERE factor_id = $1';

const PUT_CODES = 'INSERT INTO backup_codes (factor_id, digest) SELECT $1, unnest($2::bytea[])';

@Injectable()
export class PostgresBackupCodeLists extends BackupCodeLists {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  async of(applicationId: string, subject: string): Promise<{ id: string; codesLeft: number } | null> {
    const [list] = await this.database.query<{ id: string; codesLeft: number }>(OF, [applicationId, subject]);
    return list ?? null;
  }

  put(codes: NewBackupCodes): Promise<Factor | 'unproven' | 'other-list'> {
    const { applicationId, subject, id, key, digests, proven, renew } = codes;
    return this.database.transaction(async (query) => {
      if (!(await lockProven(subject, codes, query))) return 'unproven';
      const values = [id, applicationId, subject, key, digests.length, proven, renew, codes.by];
      const [list] = await query<FactorRow>(PUT_LIST, values);
      if (!list) return proven ? 'other-list' : 'unproven';
      await query(DROP_CODES, [id]);
      await query(PUT_CODES, [id, digests]);
      await auditChange(this.audit, codes, { action: 'factor.codes-created', factors: [list] }, query);
      return factorOf(list);
    });
  }
}
