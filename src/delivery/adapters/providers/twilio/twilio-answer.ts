import type { SubmitOutcome } from '../../../domain/outcome.js';
import { BAD_REQUEST, MISCONFIGURED, refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { TWILIO_ERRORS } from './twilio-errors.js';

/**
 * What Twilio's interface answered. The text of an answer is searched, not parsed: it may be cut off.
 *
 * @returns null where HTTP's status says all that is known.
 */
export function readTwilioAnswer({ status, body }: Answer, ofOperator?: ErrorMap): SubmitOutcome | null {
  const sid = /"sid"\s*:\s*"(\w{1,64})"/.exec(body)?.[1];
  // 201, created: whatever the body says of it, it exists.
  if (status === 201 || (status === 200 && sid !== undefined))
    return { kind: 'accepted', detail: 'created', ...(sid !== undefined && { providerMessageId: sid }) };
  const code = /"code"\s*:\s*(\d{3,6})\b/.exec(body)?.[1];
  if (code === undefined || status < 400) return null;
  const known = refusalOf(code, ofOperator, TWILIO_ERRORS);
  if (known) return refuse(known, code);
  if (status >= 500 || status === 429) return null;
  // A code that nobody knows is about this message, unless HTTP says whose fault it is.
  return refuse(status === 401 || status === 403 ? MISCONFIGURED : BAD_REQUEST, code);
}
