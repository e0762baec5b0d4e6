import { z } from 'zod';
import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { messageIdIn } from '../proofs/message-id.js';
import { SEVEN_ERRORS } from './seven-codes.js';

const SENT = '100';
/** At least one message was not sent, which is ours: we send one at a time. */
const PARTLY = '101';

const text = z.union([z.string(), z.number()]).transform(String);
const answerSchema = z.object({
  success: text,
  messages: z.array(z.object({ id: text.nullish(), success: z.boolean().nullish(), error: text.nullish() })).nullish(),
});

/**
 * What seven says of a submit: a code in JSON, or the code alone, mostly with status 200.
 *
 * @param errors the operator's own meanings of codes.
 * @returns null for what nobody documented.
 */
export function readSevenAnswer({ status, body }: Answer, errors: ErrorMap | undefined): SubmitOutcome | null {
  // An error page may begin with its own status, which is no code of seven's.
  if (status >= 500) return null;
  const { success: code, messages } = parse(body);
  const [message] = messages ?? [];
  if (code !== SENT && code !== PARTLY) return refusal(code, errors);
  // What is said of the one message is more exact than what is said of all.
  if (message?.success ?? code === SENT) return { kind: 'accepted', ...messageIdIn(message?.id) };
  return refusal(message?.error ?? PARTLY, errors) ?? refusal(PARTLY, errors);
}

function refusal(code: string, errors: ErrorMap | undefined): SubmitOutcome | null {
  const refused = refusalOf(code, errors, SEVEN_ERRORS);
  return refused ? refuse(refused, code) : null;
}

function parse(body: string): z.output<typeof answerSchema> {
  try {
    const read = answerSchema.safeParse(JSON.parse(body));
    if (read.success) return read.data;
  } catch {
    // Not JSON: below.
  }
  return { success: /^\s*(\d{3})\s*$/.exec(body)?.[1] ?? '' };
}
