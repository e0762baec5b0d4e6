import { TEST_EVENT } from '../../events/event-types.js';

/** A message `m` of an event `e` as it may be shown. */
const SHOWN = `'evt_' || m.event_id AS "eventId", e.type, m.verification_id AS "verificationId", m.sequence, m.status, m.tries,
  m.last_status AS "lastStatus", m.last_error AS "lastError", m.tried_at AS "lastTryAt",
  CASE WHEN m.status = 'pending' THEN m.due_at END AS "nextTryAt", m.created_at AS "createdAt", m.ended_at AS "endedAt"`;

/** What a place in the list of messages looks like: the number of the event. */
export const PLACE = /^(\d{1,18})$/;

/** `$2` status or null, `$3` place or null, `$4` limit. Newest first. */
export const PAGE = `
  SELECT ${SHOWN} FROM webhook_messages m JOIN events e ON e.id = m.event_id
  WHERE m.endpoint_id = $1 AND ($2::text IS NULL OR m.status = $2) AND ($3::bigint IS NULL OR m.event_id < $3)
  ORDER BY m.event_id DESC LIMIT $4`;

/** As if it had never been tried; what the last try came to stays to be read until there is another. */
const DUE_NOW = `status = 'pending', tries = 0, due_at = now(), lease_until = NULL, hurried = false, ended_at = NULL`;

/** Whoever tries it at this moment has the lease, and says what came of it. */
const NOT_BEING_TRIED = '(m.lease_until IS NULL OR m.lease_until <= now())';

export const REPLAY = `
  UPDATE webhook_messages m SET ${DUE_NOW} FROM events e
  WHERE m.endpoint_id = $1 AND m.event_id = $2 AND e.id = m.event_id AND ${NOT_BEING_TRIED} RETURNING ${SHOWN}`;

export const FIND = `
  SELECT ${SHOWN} FROM webhook_messages m JOIN events e ON e.id = m.event_id WHERE m.endpoint_id = $1 AND m.event_id = $2`;

/** `$2` since when, `$3` status, `$4` place of the last one before or null, `$5` limit. */
export const REPLAY_SINCE = `
  WITH chosen AS (
    SELECT m.event_id FROM webhook_messages m JOIN events e ON e.id = m.event_id
    WHERE m.endpoint_id = $1 AND m.created_at >= $2::timestamptz AND m.status = $3
      AND ($4::bigint IS NULL OR m.event_id > $4)
    ORDER BY m.event_id LIMIT $5)
  UPDATE webhook_messages m SET ${DUE_NOW} FROM chosen
  WHERE m.endpoint_id = $1 AND m.event_id = chosen.event_id AND m.status = $3 RETURNING m.event_id AS "eventId"`;

/** `$1` the endpoint: the event and its one message, whatever the endpoint listens to. */
export const SEND_TEST = `
  WITH e AS (
    INSERT INTO events (application_id, type, payload)
    SELECT application_id, '${TEST_EVENT}', '{}'::jsonb FROM webhook_endpoints WHERE id = $1
    RETURNING id, application_id, type),
  m AS (
    INSERT INTO webhook_messages (endpoint_id, event_id, application_id) SELECT $1, id, application_id FROM e RETURNING *)
  SELECT ${SHOWN} FROM m JOIN e ON e.id = m.event_id`;
