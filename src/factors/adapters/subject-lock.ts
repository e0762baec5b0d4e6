import type { Query } from '../../platform/postgres/database.js';
import type { Changer } from '../application/changer.js';

/** Any number: keeps these locks apart from others. */
const SEED = 1795401000;

/**
 * Puts whoever adds or removes factors of a subject in line until the transaction ends, so that each counts what the one before
 * left. `$1` the application, `$2` the subjects in an order that all keep to, so that no two wait for each other.
 */
export const LOCK_SUBJECTS = `
  SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || subject, ${String(SEED)}))
  FROM unnest($2::text[]) AS given (subject)`;

const IS_ACTIVE = `SELECT FROM factors WHERE application_id = $1 AND subject = $2 AND id = $3 AND status = 'active'`;

/**
 * Puts somebody in line who changes a subject's factors. Whoever was first may have removed the factor that this was proven with, so
 * it is looked for in a statement of its own, which sees what the one before left.
 *
 * @returns false where it is gone: nothing may be changed then
 */
export async function lockProven(
  subject: string,
  { applicationId, provenBy }: Changer,
  query: Query,
): Promise<boolean> {
  await query(LOCK_SUBJECTS, [applicationId, [subject]]);
  return provenBy === undefined || (await query(IS_ACTIVE, [applicationId, subject, provenBy])).length > 0;
}
