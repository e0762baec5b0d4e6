/** Messages of one endpoint that a process has on their way at once, while it answers. */
const PLACES_EACH = 8;
/** While it does not, one: whoever is tried again and again must not hold what others need. */
const PLACES_WHILE_FAILING = 1;
/** Of all endpoints that do not answer: a quarter of what there is, so that nobody waits for them. */
const PLACES_OF_ALL_FAILING = 16;
/** So many of those come before others: whoever answers again is found out, however busy others are. */
const PLACES_KEPT_FOR_FAILING = 4;
/** Of all endpoints of one application: a quarter as well. */
const PLACES_OF_AN_APPLICATION = 16;
/** The last quarter is for endpoints of which nothing is on its way: slow ones with a backlog would hold all there is. */
const PLACES_FOR_SECONDS = 48;

/** SQL over `webhook_endpoints`: nothing has succeeded for so long that it is more than a bad moment. */
export const FAILING = `coalesce(failing_since <= now() - interval '10 seconds', false)`;

/** Endpoints that a claim for `$1` messages looks at: some have nothing but messages that are behind others. */
const ENDPOINTS_LOOKED_AT = '2 * $1::int + 2';
/** Due messages of an endpoint that a claim looks at, which has room for so many; those behind another step back. */
const messagesLookedAt = (room: string) => `least(2 * least(${room}, $1::int) + 6, 24)`;

/** A recursive CTE: from one endpoint that is owed something to the next, by their index: those who are owed nothing cost nothing. */
export const OWED = `
  owed AS (
    (SELECT endpoint_id AS id, due_at FROM webhook_messages WHERE status = 'pending'
     ORDER BY endpoint_id, due_at, event_id LIMIT 1)
    UNION ALL
    SELECT next.endpoint_id, next.due_at FROM owed CROSS JOIN LATERAL (
      SELECT endpoint_id, due_at FROM webhook_messages WHERE status = 'pending' AND endpoint_id > owed.id
      ORDER BY endpoint_id, due_at, event_id LIMIT 1) next)`;

/** What each has in hand here, and its luck: by due time, whoever is owed much would always come before whoever is owed little. */
const PLACES = `
  held AS (SELECT one.id, count(*)::int AS has FROM unnest($3::text[]) AS one (id) GROUP BY one.id),
  shared AS (SELECT one.id, count(*)::int AS has FROM unnest($4::text[]) AS one (id) GROUP BY one.id),
  places AS (
    SELECT e.id, e.application_id, owed.due_at, coalesce(held.has, 0) AS has, random() AS luck, ${FAILING} AS failing,
      CASE WHEN ${FAILING} THEN ${String(PLACES_WHILE_FAILING)} ELSE ${String(PLACES_EACH)} END - coalesce(held.has, 0) AS room,
      ${String(PLACES_OF_AN_APPLICATION)} - coalesce(shared.has, 0) AS left_to_share
    FROM owed JOIN webhook_endpoints e ON e.id = owed.id AND e.enabled
    LEFT JOIN held ON held.id = e.id LEFT JOIN shared ON shared.id = e.application_id)`;

/** Who may be told, those first of whom least is in hand. */
const OPEN = `
  down AS (SELECT coalesce(sum(has), 0) AS has FROM places WHERE failing),
  asking AS (
    SELECT *, row_number() OVER (PARTITION BY failing ORDER BY has, luck) AS nth FROM places
    WHERE due_at <= now() AND room > 0 AND left_to_share > 0),
  open AS (
    SELECT a.id, a.application_id, a.has, a.room, a.left_to_share,
      CASE WHEN failing AND nth <= ${String(PLACES_KEPT_FOR_FAILING)} - down.has THEN 0 ELSE luck END AS luck
    FROM asking a, down
    WHERE nth <= ${ENDPOINTS_LOOKED_AT} AND (NOT failing OR nth <= ${String(PLACES_OF_ALL_FAILING)} - down.has))`;

/**
 * The oldest due messages of each, locked, and when the first of those before it is due: an event's row commits after those of
 * all earlier events of its verification, so whoever sees one sees what comes before.
 */
const LOOKED = `
  looked AS (
    SELECT open.application_id, open.room, open.has, open.luck, open.left_to_share, m.endpoint_id, m.event_id, m.due_at,
      first.due_at AS behind
    FROM open
    CROSS JOIN LATERAL (
      SELECT endpoint_id, event_id, verification_id, sequence, due_at FROM webhook_messages
      WHERE endpoint_id = open.id AND status = 'pending' AND due_at <= now()
      ORDER BY due_at, event_id LIMIT ${messagesLookedAt('open.room')} FOR UPDATE SKIP LOCKED) m
    LEFT JOIN LATERAL (
      SELECT due_at FROM webhook_messages b
      WHERE b.endpoint_id = m.endpoint_id AND b.verification_id = m.verification_id AND b.status = 'pending'
        AND b.sequence < m.sequence
      ORDER BY b.sequence LIMIT 1) first ON true)`;

/** Every endpoint gets its first place before any gets a second, with what it has in hand. */
const CHOSEN = `
  ready AS (
    SELECT *, row_number() OVER (PARTITION BY endpoint_id ORDER BY due_at, event_id) AS nth
    FROM looked WHERE behind IS NULL),
  fair AS (
    SELECT *, has + nth AS place, row_number() OVER (PARTITION BY application_id ORDER BY has + nth, luck) AS of_application
    FROM ready WHERE nth <= room),
  ranked AS (
    SELECT *, row_number() OVER (ORDER BY place, luck) AS rank FROM fair WHERE of_application <= left_to_share),
  chosen AS (
    SELECT endpoint_id, event_id FROM ranked
    WHERE rank <= CASE WHEN place = 1 THEN $1::int ELSE least($1::int, ${String(PLACES_FOR_SECONDS)} - cardinality($3::text[])) END)`;

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
 * Gives what was claimed, and without a lease what stepped back.
 *
 * `$1` room, `$2` lease in milliseconds, `$3` and `$4` endpoints and applications in hand. What it costs does not grow with what
 * an endpoint is owed: it looks at the oldest few of each.
 */
export const CLAIM = `
  WITH RECURSIVE ${[OWED, PLACES, OPEN, LOOKED, CHOSEN, CHANGED].join(',')}
  SELECT c.endpoint_id AS "endpointId", c.event_id AS "eventId", c.tries, c.lease, e.url, e.signature,
    array_remove(ARRAY[e.secret, CASE WHEN e.old_secret_until > now() THEN e.old_secret END], NULL) AS secrets,
    v.application_id AS "applicationId", v.verification_id AS "verificationId", v.sequence, v.type, v.payload,
    v.created_at AS "createdAt"
  FROM changed c JOIN webhook_endpoints e ON e.id = c.endpoint_id JOIN events v ON v.id = c.event_id
  ORDER BY c.event_id`;
