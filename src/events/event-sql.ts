export const VERIFICATION_EVENTS = [
  'verification.started',
  'verification.approved',
  'verification.failed',
  'verification.expired',
  'verification.canceled',
] as const;
export type VerificationEvent = (typeof VERIFICATION_EVENTS)[number];

/**
 * The INSERT that records an event in the very statement whose change it tells of (transactional outbox, R85).
 *
 * @param source name of the CTE whose rows changed; it gives `id`, `application_id`
 * @param payload SQL expression of the event's thin payload over `source`'s columns; no code, no recipient
 */
export function insertEvent(type: VerificationEvent, source: string, payload = `'{}'::jsonb`): string {
  return `INSERT INTO events (application_id, verification_id, type, payload)
          SELECT application_id, id, '${type}', ${payload} FROM ${source}`;
}
