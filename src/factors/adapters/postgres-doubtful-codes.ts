import { tellFactor } from '../../events/factor-event-sql.js';
import type { Database } from '../../platform/postgres/database.js';
import { DoubtfulCodes, type Batch, type ChangedBatch } from '../application/doubtful-codes.js';

const PASS_STEPS = `
  WITH batch AS (
    SELECT id FROM factors WHERE channel = 'totp' AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE
  ), passed AS (
    UPDATE factors f SET taken_for = NULL, last_step = greatest(f.last_step,
      floor(extract(epoch FROM $1::timestamptz) / f.period)::bigint + $4::bigint)
    FROM batch WHERE f.id = batch.id RETURNING f.id)
  SELECT count(*)::int AS changed, max(id) AS last FROM passed`;

/** As if one had been removed whose last code was good until then. */
const PASS_IMPORTED = `
  INSERT INTO removed_authenticators AS former (application_id, used_until) SELECT id, $1::timestamptz FROM applications
  ON CONFLICT (application_id) DO UPDATE SET used_until = greatest(former.used_until, excluded.used_until)`;

const VOID_CODES = `
  WITH batch AS (
    SELECT id FROM factors WHERE channel = 'backup-code' AND codes_left > 0 AND activated_at <= $1 AND id > $2
    ORDER BY id LIMIT $3 FOR UPDATE
  ), gone AS (
    DELETE FROM backup_codes c USING batch WHERE c.factor_id = batch.id
  ), voided AS (
    UPDATE factors f SET codes_left = 0, last_event = f.last_event + 1 FROM batch WHERE f.id = batch.id RETURNING f.*
  ), ${tellFactor('factor.codes-voided', 'voided', `jsonb_build_object('codesLeft', codes_left)`)}
  SELECT count(*)::int AS changed, max(id) AS last FROM voided`;

export class PostgresDoubtfulCodes extends DoubtfulCodes {
  constructor(private readonly database: Database) {
    super();
  }

  passSteps({ until, ahead }: { until: Date; ahead: number }, { after, limit }: Batch): Promise<ChangedBatch> {
    return this.changed(PASS_STEPS, [until, after, limit, ahead]);
  }

  async passImported(until: Date): Promise<void> {
    await this.database.query(PASS_IMPORTED, [until]);
  }

  voidLists(madeBy: Date, { after, limit }: Batch): Promise<ChangedBatch> {
    return this.changed(VOID_CODES, [madeBy, after, limit]);
  }

  private async changed(sql: string, values: unknown[]): Promise<ChangedBatch> {
    const [batch] = await this.database.query<{ changed: number; last: string | null }>(sql, values);
    return batch ?? { changed: 0, last: null };
  }
}
