import type { SubmitOutcome } from '../../../domain/outcome.js';
import {
  BAD_REQUEST,
  MISCONFIGURED,
  refusalOf,
  refuse,
  rejected,
  THROTTLED,
  type ErrorMap,
} from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';

/** Codes with which a message or a call is refused. https://www.twilio.com/docs/api/errors */
export const TWILIO_ERRORS: ErrorMap = {
  14107: THROTTLED, // too many from this number
  20003: MISCONFIGURED, // wrong credentials
  20005: MISCONFIGURED, // the account is not active
  20404: MISCONFIGURED, // no such account
  20429: THROTTLED,
  21211: rejected('unknown-number'),
  21408: rejected('blocked'), // country not enabled
  21606: BAD_REQUEST, // not our sender: another application's may be
  21610: rejected('blocked'), // the recipient wrote STOP
  21611: THROTTLED, // the sender's queue is full
  21612: rejected('blocked'), // no route between these two numbers
  21614: rejected('landline'),
  21635: rejected('landline'),
  21659: BAD_REQUEST, // no number of ours
};

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
