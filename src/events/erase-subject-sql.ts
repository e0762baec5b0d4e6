/** Whoever is owed an event has been tried for so long by then, and the rest of its tries can do without a name. */
const OWED_DAYS = '4';

const NAMELESS = `payload || '{"subject": null, "label": null}'`;

/** SQL over an event `e`: whether an endpoint is yet to be told of it. */
const IS_OWED = `EXISTS (SELECT FROM webhook_messages m WHERE m.event_id = e.id AND m.status = 'pending')`;

/**
 * Takes a subject's name, and what it called its factors, out of the events of its factors: `$1` the application, `$2` the subject.
 * What is owed to somebody keeps both until it was told, or whoever got hold of an administrator's key could take somebody's factors
 * away in silence: erase them, and nobody would know whom to tell.
 */
export const ERASE_SUBJECT = `
  UPDATE events e SET
    payload = CASE WHEN ${IS_OWED} THEN payload ELSE ${NAMELESS} END,
    erased_at = CASE WHEN ${IS_OWED} THEN coalesce(erased_at, now()) END
  WHERE application_id = $1 AND type LIKE 'factor.%' AND payload ->> 'subject' = $2`;

/** The rest of it, once nobody is owed them, or for too long: `$1` how many at most. */
export const ERASE_TOLD = `
  WITH told AS (
    SELECT id FROM events e
    WHERE erased_at IS NOT NULL AND (erased_at < now() - ${OWED_DAYS} * interval '1 day' OR NOT ${IS_OWED})
    ORDER BY erased_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE events SET payload = ${NAMELESS}, erased_at = NULL WHERE id IN (SELECT id FROM told) RETURNING id`;
