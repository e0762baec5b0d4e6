import { TEST_EVENT } from '../../events/event-types.js';
import type { MessageStatus } from '../application/message-log.js';

/** A message `m` of an event `e` as it may be shown: nothing is due to a disabled endpoint. */
const SHOWN = `'evt_' || m.event_id AS "eventId", e.type, m.verification_id AS "verificationId", m.sequence, m.status, m.tries,
  m.last_status AS "lastStatus", m.last_error AS "lastError", m.tried_at AS "lastTryAt",
  CASE WHEN m.status = 'pending' AND (SELECT enabled FROM webhook_endpoints WHERE id = m.endpoint_id) THEN m.due_at END
    AS "nextTryAt", m.created_at AS "createdAt", m.ended_at AS "endedAt"`;

/** What a place in the list of messages looks like: the number of the event. */
export const PLACE = /^(\d{1,18})$/;

/** `$1` endpoint, `$2` place or null, `$3` limit. Newest first. The status stands in the statement: few have failed, and an index has those. */
export const page = (status?: MessageStatus) => `
  SELECT ${SHOWN} FROM webhook_messages m JOIN events e ON e.id = m.event_id
  WHERE m.endpoint_id = $1 AND ($2::bigint IS NULL OR m.event_id < $2) ${status ? `AND m.status = '${status}'` : ''}
  ORDER BY m.event_id DESC LIMIT $3`;

/** As if it had never been tried; what the last try came to stays to be read until there is another. */
const DUE_NOW = `status = 'pending', tries = 0, due_at = now(), lease_until = NULL, hurried = false, ended_at = NULL`;

/** Whoever tries it at this moment has the lease, and says what came of it. */
const NOT_BEING_TRIED = '(m.lease_until IS NULL OR m.lease_until <= now())';

export const REPLAY = `
  UPDATE webhook_messages m SET ${DUE_NOW} FROM events e
  WHERE m.endpoint_id = $1 AND m.event_id = $2 AND e.id = m.event_id AND ${NOT_BEING_TRIED} RETURNING ${SHOWN}`;

export const IS_KEPT = 'SELECT FROM webhook_messages WHERE endpoint_id = $1 AND event_id = $2';

/** `$1` endpoint, `$2` since when, `$3` place of the last one before or null, `$4` limit. */
export const replaySince = (status: MessageStatus) => `
  WITH chosen AS (
    SELECT m.event_id FROM webhook_messages m JOIN events e ON e.id = m.event_id
    WHERE m.endpoint_id = $1 AND m.status = '${status}' AND m.created_at >= $2::timestamptz
      AND ($3::bigint IS NULL OR m.event_id > $3)
    ORDER BY m.event_id LIMIT $4)
  UPDATE webhook_messages m SET ${DUE_NOW} FROM chosen
  WHERE m.endpoint_id = $1 AND m.event_id = chosen.event_id AND m.status = '${status}'
  RETURNING m.event_id AS "eventId"`;

/** `$1` the endpoint: the event and its one message, whatever the endpoint listens to. */
export const SEND_TEST = `
  WITH e AS (
    INSERT INTO events (application_id, type, payload)
    SELECT application_id, '${TEST_EVENT}', '{}'::jsonb FROM webhook_endpoints WHERE id = $1
    RETURNING id, application_id, type),
  m AS (
    INSERT INTO webhook_messages (endpoint_id, event_id, application_id) SELECT $1, id, application_id FROM e RETURNING *)
  SELECT ${SHOWN} FROM m JOIN e ON e.id = m.event_id`;
