import type { AuditLog } from '../../audit/audit-log.js';
import type { Query } from '../../platform/postgres/database.js';
import type { Changer } from '../application/changer.js';

/**
 * Notes what an administrator did to factors, in the transaction that does it; what people do to their own is told as events. By
 * the factor's id and never by the subject: the log outlives every erasure.
 */
export async function auditChange(
  audit: AuditLog,
  { applicationId, keyId: actor, by }: Changer,
  { action, factors }: { action: string; factors: readonly { id: string; channel: string }[] },
  query: Query,
): Promise<void> {
  if (by !== 'administrator') return;
  for (const { id, channel } of factors)
    await audit.append({ actor, action, target: id, details: { applicationId, channel } }, query);
}
