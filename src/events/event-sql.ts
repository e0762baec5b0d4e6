import type { DeliveryEvent, TrafficEvent, VerificationEvent } from './event-types.js';

/** What every `INSERT` of events gives to `POSTED`. */
export const AS_TOLD = 'RETURNING id, application_id, verification_id, sequence, type';

/**
 * SQL: whether an enabled endpoint, `e`, listens to a type of event: to all, to that one, or to its family (`delivery.*`).
 *
 * @param type SQL expression
 */
const listens = (type: string) =>
  `e.enabled AND (e.events IS NULL OR ${type} = ANY (e.events) OR split_part(${type}, '.', 1) || '.*' = ANY (e.events))`;

/** SQL: whether anybody listens to a type of an application's events. Both are SQL expressions. */
export const isListenedTo = (applicationId: string, type: string): string =>
  `EXISTS (SELECT FROM webhook_endpoints e WHERE e.application_id = ${applicationId} AND ${listens(type)})`;

/**
 * A message for each of the application's endpoints that listens, in the statement that records the event: an event and what
 * is owed because of it commit together (transactional outbox, R85), and no second look decides who is told.
 */
export const POSTED = `posted AS (
    INSERT INTO webhook_messages (endpoint_id, event_id, application_id, verification_id, sequence)
    SELECT e.id, told.id, told.application_id, told.verification_id, told.sequence
    FROM told JOIN webhook_endpoints e ON e.application_id = told.application_id
    WHERE ${listens('told.type')})`;

/**
 * The CTEs `told` and `posted`, which record an event in the very statement whose change it tells of. The statement must also
 * have raised `last_event` of the verification: it is the event's place among the verification's events, and the row's lock,
 * held until the commit, makes places follow commits.
 *
 * @param source name of the CTE whose rows changed; it gives `id`, `application_id` and `last_event` of verifications
 * @param payload SQL expression of the event's thin payload over `source`'s columns; no code, no recipient
 */
export function tellVerification(
  type: VerificationEvent | Extract<DeliveryEvent, 'delivery.fallback'>,
  source: string,
  payload = `'{}'::jsonb`,
): string {
  return `told AS (
    INSERT INTO events (application_id, verification_id, sequence, type, payload)
    SELECT application_id, id, last_event, '${type}', ${payload} FROM ${source} ${AS_TOLD}), ${POSTED}`;
}

/**
 * The same CTEs for an event that is about no verification.
 *
 * @param source name of a CTE of one row, which gives `application_id`; of none where there is nothing to tell
 * @param payload SQL expression over `source`'s columns
 */
export const tellApplication = (type: TrafficEvent, source: string, payload: string): string => `told AS (
    INSERT INTO events (application_id, type, payload)
    SELECT application_id, '${type}', ${payload} FROM ${source} ${AS_TOLD}), ${POSTED}`;

/** SQL: a time as JSON has it, in UTC. @param time SQL expression of a timestamptz */
export const isoTime = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Records an event that is about no verification: `$1` the application, `$2` the type, `$3` the payload. */
export const TELL_APPLICATION = `
  WITH told AS (
    INSERT INTO events (application_id, type, payload) VALUES ($1, $2, $3) ${AS_TOLD}), ${POSTED}
  SELECT id FROM told`;
