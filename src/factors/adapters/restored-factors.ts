import { tellFactor } from '../../events/factor-event-sql.js';
import type { Database } from '../../platform/postgres/database.js';

const BATCH = 1_000;

/** Steps after now's whose code somebody's window may have taken in (R68). */
const WIDEST_WINDOW = '2';

const PASS_STEPS = `
  WITH batch AS (
    SELECT id FROM factors WHERE channel = 'totp' AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE
  ), passed AS (
    UPDATE factors f SET taken_for = NULL, last_step = greatest(f.last_step,
      floor(extract(epoch FROM $1::timestamptz) / f.period)::bigint + ${WIDEST_WINDOW})
    FROM batch WHERE f.id = batch.id RETURNING f.id)
  SELECT count(*)::int AS changed, max(id) AS last FROM passed`;

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

/**
 * Factors of a ledger that was restored from a backup. It does not know which of their codes were used since, so it must not take
 * any that can have been (I16). Both may be repeated, and stop a serving process for no longer than a batch takes.
 */
export class RestoredFactors {
  constructor(private readonly database: Database) {}

  /**
   * Passes over the steps of authenticators. Their owners can log in with the code of the third step from then on.
   *
   * @param until by Postgres's clock: the latest moment at which a code can have been used
   * @returns how many authenticators there are. @throws 503
   */
  passSteps(until: Date): Promise<number> {
    return this.inBatches(PASS_STEPS, until);
  }

  /**
   * Makes lists of backup codes empty, and tells of each.
   *
   * @param madeBy lists that were made later are left alone
   * @returns how many lists had codes. @throws 503
   */
  voidBackupCodes(madeBy: Date): Promise<number> {
    return this.inBatches(VOID_CODES, madeBy);
  }

  private async inBatches(sql: string, until: Date): Promise<number> {
    let changed = 0;
    let after: string | null = '';
    while (after !== null) {
      const values: unknown[] = [until, after, BATCH];
      const [batch] = await this.database.query<{ changed: number; last: string | null }>(sql, values);
      changed += batch?.changed ?? 0;
      after = batch?.last ?? null;
    }
    return changed;
  }
}
