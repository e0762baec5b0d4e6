/** Messages of one endpoint that a process has on their way at once, while it answers. */
const PLACES_EACH = 8;
/** While it does not, one: whoever is tried again and again must not hold what others need. */
const PLACES_WHILE_FAILING = 1;

/** SQL over `webhook_endpoints`: nothing has succeeded for so long that it is more than a bad moment. */
export const FAILING = `coalesce(failing_since <= now() - interval '10 seconds', false)`;
/** Of all endpoints of one application: a quarter of what there is. */
const PLACES_OF_AN_APPLICATION = 16;
/** Due messages of an endpoint that one claim looks at; those behind another step back and are not looked at again soon. */
const LOOKED_AT = 24;

/** A recursive CTE: from one endpoint that is owed something to the next, by their index: those who are owed nothing cost nothing. */
export const OWED = `
  owed AS (
    SELECT min(endpoint_id) AS id FROM webhook_messages WHERE status = 'pending'
    UNION ALL
    SELECT (SELECT min(endpoint_id) FROM webhook_messages WHERE status = 'pending' AND endpoint_id > owed.id)
    FROM owed WHERE owed.id IS NOT NULL)`;

/** Who may be told, and for how many more messages this process has a place. */
const OPEN = `
  places AS (
    SELECT e.id, e.application_id,
      CASE WHEN ${FAILING} THEN ${String(PLACES_WHILE_FAILING)} ELSE ${String(PLACES_EACH)} END
        - (SELECT count(*)::int FROM unnest($3::text[]) AS held (endpoint) WHERE held.endpoint = e.id) AS room
    FROM owed JOIN webhook_endpoints e ON e.id = owed.id AND e.enabled),
  open AS (SELECT * FROM places WHERE room > 0)`;

/**
 * The oldest due messages of each, locked, and when the first of those before it is due: an event's row commits after those of
 * all earlier events of its verification, so whoever sees one sees what comes before.
 */
const LOOKED = `
  looked AS (
    SELECT open.application_id, open.room, m.endpoint_id, m.event_id, m.due_at, first.due_at AS behind
    FROM open
    CROSS JOIN LATERAL (
      SELECT endpoint_id, event_id, verification_id, sequence, due_at FROM webhook_messages
      WHERE endpoint_id = open.id AND status = 'pending' AND due_at <= now()
      ORDER BY due_at, event_id LIMIT ${String(LOOKED_AT)} FOR UPDATE SKIP LOCKED) m
    LEFT JOIN LATERAL (
      SELECT due_at FROM webhook_messages b
      WHERE b.endpoint_id = m.endpoint_id AND b.verification_id = m.verification_id AND b.status = 'pending'
        AND b.sequence < m.sequence
      ORDER BY b.sequence LIMIT 1) first ON true)`;

/** Every endpoint gets its first place before any gets a second. */
const CHOSEN = `
  ready AS (
    SELECT *, row_number() OVER (PARTITION BY endpoint_id ORDER BY due_at, event_id) AS nth
    FROM looked WHERE behind IS NULL),
  fair AS (
    SELECT *, row_number() OVER (PARTITION BY application_id ORDER BY nth, due_at) AS place FROM ready WHERE nth <= room),
  chosen AS (
    SELECT endpoint_id, event_id FROM fair
    WHERE place <= ${String(PLACES_OF_AN_APPLICATION)}
      - (SELECT count(*) FROM unnest($4::text[]) AS held (application) WHERE held.application = fair.application_id)
    ORDER BY nth, due_at LIMIT $1)`;

/**
 * What one claim changes. A lease is also when a message is due again, so that what others hold is not looked at. Whoever is
 * behind another is due a second after that one; the end of that one makes it due at once (`SETTLE`). Should the two miss each
 * other, it is late by as much, never lost.
 */
const CHANGED = `
  changes AS (
    SELECT endpoint_id, event_id, now() + $2 * interval '1 millisecond' AS due_at, true AS held FROM chosen
    UNION ALL
    SELECT endpoint_id, event_id, greatest(behind, now()) + interval '1 second', false
    FROM looked WHERE behind IS NOT NULL),
  changed AS (
    UPDATE webhook_messages m
    SET due_at = changes.due_at, lease_until = CASE WHEN changes.held THEN changes.due_at END
    FROM changes
    WHERE m.endpoint_id = changes.endpoint_id AND m.event_id = changes.event_id
      -- The planner takes these for thousands and reads the whole table; it takes an array for a few, as they are.
      AND m.event_id = ANY (ARRAY(SELECT event_id FROM changes))
    RETURNING m.endpoint_id, m.event_id, m.tries, m.lease_until::text AS lease)`;

/**
 * `$1` room, `$2` lease in milliseconds, `$3` and `$4` endpoints and applications in hand. What it costs does not grow with what
 * an endpoint is owed: it looks at the oldest few of each.
 */
export const CLAIM = `
  WITH RECURSIVE ${[OWED, OPEN, LOOKED, CHOSEN, CHANGED].join(',')}
  SELECT c.endpoint_id AS "endpointId", c.event_id AS "eventId", c.tries, c.lease, e.url, e.signature,
    array_remove(ARRAY[e.secret, CASE WHEN e.old_secret_until > now() THEN e.old_secret END], NULL) AS secrets,
    v.application_id AS "applicationId", v.verification_id AS "verificationId", v.sequence, v.type, v.payload,
    v.created_at AS "createdAt"
  FROM changed c JOIN webhook_endpoints e ON e.id = c.endpoint_id JOIN events v ON v.id = c.event_id
  WHERE c.lease IS NOT NULL
  ORDER BY c.event_id`;
