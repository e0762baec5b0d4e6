import { FAILING } from './claim-messages.js';

/** What waits longer than this goes at once when its endpoint answers again; shorter waits are over by themselves. */
const WORTH_HURRYING = `interval '1 minute'`;
/** So many with each success. */
const HURRIED_AT_ONCE = '1000';

/**
 * What waits for an endpoint that answers again goes now instead of in hours. Once for each message: one that is refused
 * whenever it comes would otherwise use up its tries with every other one's success.
 */
const HURRIED = `
  waiting AS (
    SELECT n.endpoint_id, n.event_id FROM settled s
    JOIN webhook_endpoints e ON e.id = s.endpoint_id AND e.failing_since IS NOT NULL
    CROSS JOIN LATERAL (
      SELECT endpoint_id, event_id FROM webhook_messages
      WHERE endpoint_id = e.id AND status = 'pending' AND due_at > now() + ${WORTH_HURRYING} AND tries > 0 AND NOT hurried
      ORDER BY due_at, event_id LIMIT ${HURRIED_AT_ONCE} FOR UPDATE SKIP LOCKED) n
    WHERE s.status = 'delivered'),
  hurried AS (
    UPDATE webhook_messages m SET due_at = now(), hurried = true FROM waiting
    WHERE m.endpoint_id = waiting.endpoint_id AND m.event_id = waiting.event_id
      AND m.event_id = ANY (ARRAY(SELECT event_id FROM waiting)))`;

/**
 * `$1` endpoint, `$2` event, `$3` lease, `$4` the new status, `$5` and `$6` the answer's status and why it was none, `$7` until
 * the next try in milliseconds.
 *
 * The end of a message makes the one behind it due, unless that one has a time of its own. A success says that its endpoint
 * answers, once nothing is left to hurry: until then the next success goes on with it, whoever dies in between. `stopped`: that
 * the endpoint answered until now; `failing`: that it has not done so for a while.
 */
export const SETTLE = `
  WITH settled AS (
    UPDATE webhook_messages SET status = $4, tries = tries + 1, tried_at = now(), last_status = $5, last_error = $6,
      lease_until = NULL, due_at = now() + coalesce($7, 0) * interval '1 millisecond',
      ended_at = CASE WHEN $4 <> 'pending' THEN now() END
    WHERE endpoint_id = $1 AND event_id = $2 AND lease_until = $3::timestamptz AND status = 'pending'
    RETURNING endpoint_id, verification_id, sequence, status),
  behind AS (
    SELECT n.endpoint_id, n.event_id FROM settled s CROSS JOIN LATERAL (
      SELECT * FROM webhook_messages n
      WHERE n.endpoint_id = s.endpoint_id AND n.verification_id = s.verification_id AND n.status = 'pending'
        AND n.sequence > s.sequence
      ORDER BY n.sequence LIMIT 1) n
    WHERE s.status <> 'pending'),
  called AS (
    UPDATE webhook_messages m SET due_at = now() FROM behind
    WHERE m.endpoint_id = behind.endpoint_id AND m.event_id = behind.event_id AND m.tries = 0 AND m.due_at > now()
      AND m.status = 'pending' AND (m.lease_until IS NULL OR m.lease_until <= now())),${HURRIED},
  answers AS (
    UPDATE webhook_endpoints SET failing_since = CASE WHEN $4 = 'delivered' THEN NULL ELSE now() END
    FROM settled WHERE id = settled.endpoint_id AND (failing_since IS NULL) <> ($4 = 'delivered')
      AND (SELECT count(*) FROM waiting) < ${HURRIED_AT_ONCE}
    RETURNING id)
  SELECT $4 <> 'delivered' AND EXISTS (SELECT FROM answers) AS stopped, ${FAILING} AS failing
  FROM settled JOIN webhook_endpoints ON id = settled.endpoint_id`;

export const RELEASE = `
  UPDATE webhook_messages m SET lease_until = NULL, due_at = now() + $4 * interval '1 millisecond'
  FROM unnest($1::text[], $2::bigint[], $3::text[]) AS held (endpoint_id, event_id, lease)
  WHERE m.endpoint_id = held.endpoint_id AND m.event_id = held.event_id AND m.lease_until = held.lease::timestamptz`;

/**
 * A change of which nobody knew: whoever has read the endpoint must read it again before they change it. `$3`: who is gone; what
 * an address said that is the endpoint's no more is about nobody.
 */
export const DISABLE = `
  UPDATE webhook_endpoints SET enabled = false, disabled_because = $2, version = version + 1
  WHERE id = $1 AND url = $3 AND enabled RETURNING application_id AS "applicationId", url`;
