import { z } from 'zod';
import type { SubmitOutcome } from '../../../domain/outcome.js';
import { OUT_OF_CREDIT, refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { messageIdIn } from '../proofs/message-id.js';
import { conditionOptions, holds, saysNothing } from './condition.js';
import { placeSchema, readAt } from './place.js';
import { Received } from './received.js';
import { keepable } from './vendor-word.js';

/** Which answers mean that the gateway has the message. */
export const acceptedSchema = z
  .strictObject({
    http: z
      .array(z.int().min(100).max(599))
      .min(1)
      .optional()
      .meta({ description: 'HTTP statuses; without it, 200 to 299' }),
    ...conditionOptions,
    id: placeSchema.optional().meta({ description: 'Where the gateway’s own id of the message stands' }),
  })
  .meta({ description: 'Which answers mean that the gateway has the message' });

/** Where answers that mean no say why. */
export const refusedSchema = z
  .strictObject({ code: placeSchema.meta({ description: 'Where the code of an error stands' }) })
  .meta({ description: 'Where the code of an error stands, which `errors` explains' });

export interface AnswerRules {
  accepted: z.output<typeof acceptedSchema>;
  refused?: z.output<typeof refusedSchema> | undefined;
  errors?: ErrorMap | undefined;
}

/** What is known of every gateway. */
const OURS: ErrorMap = { 'http 402': OUT_OF_CREDIT };

/**
 * What an answer means by the operator's rules; null where they do not say, and then its HTTP status decides. A success that
 * is not what was described is no success, and no refusal either.
 */
export function readAnswer({ status, headers, body }: Answer, rules: AnswerRules): SubmitOutcome | null {
  const received = new Received(headers, body);
  return received.isWebPage ? null : (readYes(status, received, rules) ?? readNo(status, received, rules));
}

function readYes(status: number, received: Received, { accepted }: AnswerRules): SubmitOutcome | null {
  const { http, id: place, ...condition } = accepted;
  if (!(http ? http.includes(status) : status >= 200 && status < 300) || !holds(condition, received)) return null;
  const named = messageIdIn(place && readAt(place, received));
  // Where the id is all that tells a yes from anything else, it must be there.
  if (place && saysNothing(condition) && named.providerMessageId === undefined) return null;
  return { kind: 'accepted', ...named };
}

/** The code in the body, `http 402`, or `402` where bodies have no code; `*` is every code that nobody has explained. */
function readNo(status: number, received: Received, { refused, errors }: AnswerRules): SubmitOutcome | null {
  const code = refused && readAt(refused.code, received);
  const detail = code === undefined ? String(status) : keepable(code, [errors]);
  const http = `http ${String(status)}`;
  const ofStatus = refused ? [http] : [http, String(status)];
  const codes = code === undefined ? ofStatus : [code, '*', http];
  for (const known of codes) {
    const refusal = refusalOf(known, errors, OURS);
    if (refusal) return refuse(refusal, detail);
  }
  return null;
}
