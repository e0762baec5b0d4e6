import type { VerificationEvent } from './event-types.js';

/** What every `INSERT` of events gives to `POSTED`. */
const AS_TOLD = 'RETURNING id, application_id, verification_id, sequence, type';

/**
 * A message for each of the application's endpoints that listens, in the statement that records the event: an event and what
 * is owed because of it commit together (transactional outbox, R85), and no second look decides who is told.
 */
const POSTED = `posted AS (
    INSERT INTO webhook_messages (endpoint_id, event_id, application_id, verification_id, sequence)
    SELECT e.id, told.id, told.application_id, told.verification_id, told.sequence
    FROM told JOIN webhook_endpoints e ON e.application_id = told.application_id AND e.enabled
    WHERE e.events IS NULL OR told.type = ANY (e.events) OR split_part(told.type, '.', 1) || '.*' = ANY (e.events))`;

/**
 * The CTEs `told` and `posted`, which record an event in the very statement whose change it tells of. The statement must also
 * have raised `last_event` of the verification: it is the event's place among the verification's events, and the row's lock,
 * held until the commit, makes places follow commits.
 *
 * @param source name of the CTE whose rows changed; it gives `id`, `application_id` and `last_event` of verifications
 * @param payload SQL expression of the event's thin payload over `source`'s columns; no code, no recipient
 */
export function tellVerification(type: VerificationEvent, source: string, payload = `'{}'::jsonb`): string {
  return `told AS (
    INSERT INTO events (application_id, verification_id, sequence, type, payload)
    SELECT application_id, id, last_event, '${type}', ${payload} FROM ${source} ${AS_TOLD}), ${POSTED}`;
}

/** Records an event that is about no verification: `$1` the application, `$2` the type, `$3` the payload. */
export const TELL_APPLICATION = `
  WITH told AS (
    INSERT INTO events (application_id, type, payload) VALUES ($1, $2, $3) ${AS_TOLD}), ${POSTED}
  SELECT id FROM told`;
