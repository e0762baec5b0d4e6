import { AS_TOLD, POSTED } from './event-sql.js';
import type { FactorEvent } from './event-types.js';

/** What is told of a factor: it may be gone when it is sent, so that it stands in the event itself. */
const FACTOR = `jsonb_build_object('factorId', id, 'sequence', last_event, 'channel', channel, 'subject', subject, 'label', label)`;

/**
 * The CTEs `told` and `posted`, which record an event in the very statement that changes a factor. The statement must also have
 * raised `last_event` of the factor: it is the event's place among the factor's.
 *
 * @param source name of the CTE whose rows changed; it gives `id`, `application_id`, `subject`, `channel`, `label` and
 * `last_event` of factors
 * @param more SQL expression over `source`'s columns: jsonb of what this event tells besides
 */
export const tellFactor = (type: FactorEvent, source: string, more = `'{}'::jsonb`): string =>
  tell(`'${type}'`, source, more);

/** The same where a change may be several events: each row of `source` is one, and gives its `type` and its own place. */
export const tellFactorEvents = (source: string, more: string): string => tell('type', source, more);

/** What most of them tell besides: who it was, who is a parameter of the statement. */
export const byWhom = (parameter: string): string => `jsonb_build_object('by', ${parameter}::text)`;

const tell = (type: string, source: string, more: string) => `told AS (
    INSERT INTO events (application_id, type, payload)
    SELECT application_id, ${type}, ${FACTOR} || ${more} FROM ${source} ORDER BY last_event ${AS_TOLD}), ${POSTED}`;
