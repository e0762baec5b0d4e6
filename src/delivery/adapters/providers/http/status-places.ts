import { z } from 'zod';
import type { Report } from '../../../domain/outcome.js';
import { messageIdIn } from '../proofs/message-id.js';
import { RECEIPT_STATES } from '../receipts/receipt-states.js';
import { conditionSchema, holds } from './condition.js';
import { itemsAt, placeSchema, readAt, type Item } from './place.js';
import type { Received } from './received.js';
import { meaningIn, type Meanings } from './report-meaning.js';
import { keepable } from './vendor-word.js';

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
      'Where the code of an error stands; `codes` explains it, where the status is a failure or nobody has explained it',
  }),
};
export type StatusPlaces = z.output<z.ZodObject<typeof statusPlaces>>;

/** What was said about one message, not yet whose, and where. */
export interface Said {
  report: Omit<Report, 'providerId'>;
  item: Item;
}

/** Reads every status in what a gateway sent. What names no status is none: other messages come to the same address. */
export function readStatuses(received: Received, places: StatusPlaces, own: Meanings): Said[] {
  return itemsAt(places.each, received).flatMap((item) => {
    if (places.only && !holds(places.only, received, item)) return [];
    const status = readAt(places.status, received, item);
    if (status === undefined) return [];
    const code = places.code && readAt(places.code, received, item);
    const id = places.id && readAt(places.id, received, item);
    const words = code === undefined ? [status] : [status, code];
    const detail = words.map((word) => keepable(word, [own.statuses, own.codes, RECEIPT_STATES])).join(' ');
    return [{ report: { ...messageIdIn(id), ...meaningIn(status, code, own), detail }, item }];
  });
}
