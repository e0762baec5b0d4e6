import { AS_TOLD, isListenedTo, POSTED } from './event-sql.js';
import type { DeliveryEvent } from './event-types.js';

/** What happens to a delivery once it is there; a fallback is told by the step that makes one. */
type Happening = Exclude<DeliveryEvent, 'delivery.fallback'>;

/** SQL: an array of what happened, in order. */
export const happened = (...types: Happening[]): string =>
  `ARRAY[${types.map((type) => `'${type}'`).join(', ')}]::text[]`;

/** What its receiver may want to act on without asking. Whom it went to rests with the verification alone. */
const PAYLOAD = `
  jsonb_build_object('deliveryId', r.delivery_id, 'channel', r.channel, 'country', r.country,
    'provider', (SELECT a.provider_id FROM send_attempts a WHERE a.id = r.attempt_id))
  || CASE news.type WHEN 'delivery.failed' THEN jsonb_build_object('cause', r.cause)
                    WHEN 'delivery.delivered' THEN jsonb_build_object('late', r.late) ELSE '{}' END`;

/**
 * The CTEs that record what happened to a delivery in the very statement that makes it so, ending with `told` and `posted`. An
 * event gets its place by raising `last_event` of the verification, so its row is locked after the delivery's: no statement may
 * lock a delivery that is there already after a verification. What nobody listens to is not recorded and locks nothing
 * (decision 0013), and neither is what happens to a message that is no verification's.
 *
 * @param source name of the CTE whose deliveries changed, at most one of each message; it gives `id`, `message_id`,
 * `application_id`, `channel`, `country` and `cause` of deliveries, `attempt_id` (the one it happened to), `late` and
 * `happened` (what did, in order)
 */
export const tellDelivery = (source: string): string => `
  heard AS (
    SELECT d.*, ARRAY(
      SELECT type FROM unnest(d.happened) WITH ORDINALITY AS news (type, place)
      WHERE ${isListenedTo('d.application_id', 'type')} ORDER BY place) AS types
    FROM ${source} d),
  raised AS (
    UPDATE verifications v SET last_event = v.last_event + cardinality(h.types)
    FROM heard h WHERE v.id = h.message_id AND cardinality(h.types) > 0
    RETURNING v.id, v.application_id, v.last_event - cardinality(h.types) AS before, h.types, h.id AS delivery_id,
      h.channel, h.country, h.cause, h.attempt_id, h.late),
  told AS (
    INSERT INTO events (application_id, verification_id, sequence, type, payload)
    SELECT r.application_id, r.id, r.before + news.place, news.type, ${PAYLOAD}
    FROM raised r, unnest(r.types) WITH ORDINALITY AS news (type, place) ORDER BY news.place ${AS_TOLD}), ${POSTED}`;
