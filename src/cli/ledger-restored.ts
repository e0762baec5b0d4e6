import { AuditLog } from '../audit/audit-log.js';
import { skipEventIds } from '../events/skip-event-ids.js';
import { PostgresDoubtfulCodes } from '../factors/adapters/postgres-doubtful-codes.js';
import { RestoredFactors } from '../factors/application/restored-factors.js';
import type { Database } from '../platform/postgres/database.js';
import { AuditLogTrail } from '../verification/adapters/audit-log-trail.js';
import { PostgresEndings } from '../verification/adapters/postgres-endings.js';
import { CancelPending } from '../verification/application/keep/cancel-pending.js';

/**
 * Counts from before this call, so that a process that serves already keeps what it begins from now on. This host's clock may be
 * behind the one that wrote the backup, so what is newest counts, too; a Date knows whole milliseconds only.
 */
const BEGUN_BY = `
  WITH newest (at) AS (SELECT created_at FROM events ORDER BY id DESC LIMIT 1)
  SELECT greatest(now(), (SELECT max(created_at) FROM verifications), (SELECT at FROM newest))
      + interval '1 millisecond' AS "begunBy",
    (SELECT at FROM newest) AS newest`;

/**
 * Sees to it that no code from before a restore is good again (I16): of verifications, of authenticators, and, unless they are to
 * be kept, backup codes.
 *
 * @param actor for the audit log
 * @returns what to tell the operator. @throws 503 `unavailable`; what was done stays done, and the rest is done by repeating it.
 */
export async function ledgerRestored(
  database: Database,
  { actor, keepBackupCodes }: { actor: string; keepBackupCodes: boolean },
): Promise<string> {
  const [{ begunBy, newest } = { begunBy: new Date(), newest: null }] = await database.query<{
    begunBy: Date;
    newest: Date | null;
  }>(BEGUN_BY);
  // Before the first event that tells of it.
  await skipEventIds(database);
  const audit = new AuditLogTrail(new AuditLog(database));
  const by = { keyId: actor, applicationId: null };
  const canceled = await new CancelPending(new PostgresEndings(database), audit).execute(by, begunBy);

  const factors = new RestoredFactors(new PostgresDoubtfulCodes(database));
  const authenticators = await factors.passSteps(begunBy);
  const voidedLists = keepBackupCodes ? 0 : await factors.voidBackupCodes(begunBy);
  await audit.append(by, 'ledger.factors-restored', { authenticators, voidedLists, keepBackupCodes });

  const known = newest
    ? ` The ledger's newest event was of ${newest.toISOString()}; what happened later is not in it.`
    : '';
  return `Canceled ${String(canceled)} pending verifications. Voided ${String(voidedLists)} lists of backup codes.${known}`;
}
