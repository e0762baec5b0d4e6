import { z } from 'zod';
import type { Report } from '../../../domain/outcome.js';
import type { Exchange } from '../../outgoing-http.js';
import { BESIDE_OTHERS, BESIDE_UNKNOWN } from '../options/beside-others.js';
import { Received } from './received.js';
import type { Meanings } from './report-meaning.js';
import { checkRequest, requestOptions } from './request.js';
import { readStatuses, statusPlaces } from './status-places.js';

/** How a gateway is asked what became of a message. */
export const pollSchema = z
  .strictObject({
    everySeconds: z.int().min(1).max(600).default(10).meta({
      description: 'How long to wait before a message is asked about, and between two questions',
    }),
    ...requestOptions,
    ...statusPlaces,
  })
  .superRefine(checkRequest, BESIDE_UNKNOWN)
  .refine(({ each, id }) => !each || id, { error: 'with each it must say whose each one is: id', ...BESIDE_OTHERS })
  .meta({ description: 'How to ask what became of a message, where the gateway does not report it; `{id}` is its id' });
export type PollRules = z.output<typeof pollSchema>;

/** What an answer says about one message; of a list that names ids, only what is about this one. */
export function readPolled(
  exchange: Exchange,
  rules: PollRules,
  about: { providerId: string; providerMessageId: string; meanings: Meanings },
): Report[] {
  if (exchange.kind !== 'answered' || exchange.status < 200 || exchange.status > 299) return [];
  const received = new Received(exchange.headers, exchange.body);
  const { providerId, providerMessageId, meanings } = about;
  return readStatuses(received, rules, meanings).flatMap(({ report }) =>
    rules.id && report.providerMessageId !== providerMessageId ? [] : [{ providerId, ...report, providerMessageId }],
  );
}
