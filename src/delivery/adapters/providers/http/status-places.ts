import { z } from 'zod';
import type { Report } from '../../../domain/outcome.js';
import { meaningOf, type Meaning, type StatusMap } from '../outcomes/status-map.js';
import { RECEIPT_STATES } from '../receipts/smpp-status.js';
import { isMessageId } from './answers.js';
import { conditionSchema, holds } from './condition.js';
import { itemsAt, placeSchema, readAt, type Item } from './place.js';
import type { Received } from './received.js';
import { caseless, keepable } from './vendor-word.js';

/** Where a gateway says what became of messages, in a report or in the answer to a question. */
export const statusPlaces = {
  each: placeSchema
    .refine(({ json, xml }) => json !== undefined || xml !== undefined, { error: 'must be a json or an xml path' })
    .optional()
    .meta({ description: 'List of reports; the other paths then start within one of them' }),
  only: conditionSchema.optional().meta({ description: 'What reports are told from other messages by' }),
  id: placeSchema.optional().meta({ description: 'Where the gateway’s own id of the message stands' }),
  status: placeSchema.meta({ description: 'Where the status word stands' }),
  code: placeSchema.optional().meta({
    description:
      'Where the code of an error stands; `statuses` may explain it, where the status is a failure or unknown',
  }),
};
export type StatusPlaces = z.output<z.ZodObject<typeof statusPlaces>>;

/** What was said about one message, not yet whose, and where. */
export interface Said {
  report: Omit<Report, 'providerId'>;
  item: Item;
}

/** Reads every status in what a gateway sent. What names no status is none: other messages come to the same address. */
export function readStatuses(received: Received, places: StatusPlaces, statuses: StatusMap | undefined): Said[] {
  return itemsAt(places.each, received).flatMap((item) => {
    if (places.only && !holds(places.only, received, item)) return [];
    const status = readAt(places.status, received, item);
    if (status === undefined) return [];
    const code = places.code && readAt(places.code, received, item);
    const id = places.id && readAt(places.id, received, item);
    const words = code === undefined ? [status] : [status, code];
    const detail = words.map((word) => keepable(word, [statuses, RECEIPT_STATES])).join(' ');
    const named = isMessageId(id) ? { providerMessageId: id } : {};
    return [{ report: { ...named, ...meaningIn(status, code, statuses), detail }, item }];
  });
}

/**
 * A code makes a failure more exact, or explains what the status leaves open; with a status that is good news it is only there
 * because the field is (`delivered`, error 0). Both together, as `failed 30005`, go before each alone.
 */
function meaningIn(status: string, code: string | undefined, statuses: StatusMap | undefined): Meaning {
  const maps = [statuses, caseless(statuses), RECEIPT_STATES];
  const meaning = (...words: string[]) =>
    meaningOf(
      words.flatMap((word) => [word, word.toLowerCase()]),
      ...maps,
    );
  if (code === undefined) return meaning(status);
  const both = meaningOf([`${status} ${code}`], statuses);
  if (both.status !== 'unknown') return both;
  const alone = meaning(status);
  if (alone.status !== 'failed' && alone.status !== 'unknown') return alone;
  const exact = meaning(code);
  return exact.status === 'failed' || alone.status === 'unknown' ? exact : alone;
}
