import type { SubmitOutcome } from '../../../domain/outcome.js';
import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  refusalOf,
  refuse,
  rejected,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';

/** `status` of a message in the answer to a submit. https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms */
export const VONAGE_ERRORS: ErrorMap = {
  1: THROTTLED,
  2: BAD_REQUEST, // a parameter is missing
  3: rejected('other'), // a parameter is invalid
  4: MISCONFIGURED, // wrong credentials
  5: UNREACHABLE, // internal error
  6: rejected('other'), // no network takes it
  7: rejected('blocked'), // the number is barred
  8: MISCONFIGURED, // the account is barred
  9: OUT_OF_CREDIT,
  10: THROTTLED, // too many at once
  11: MISCONFIGURED, // the account is for SMPP
  12: rejected('other'), // too long
  14: MISCONFIGURED, // wrong signature
  15: rejected('blocked'), // the sender is not ours
  17: rejected('blocked'), // by the network
  22: BAD_REQUEST, // wrong network code
  23: MISCONFIGURED, // the address for reports is too long
  29: BAD_REQUEST, // a trial account sends to some numbers only
  32: MISCONFIGURED, // a secret beside a signature
  33: rejected('unknown-number'), // deactivated
};

/**
 * What the SMS API answered: 200 whatever became of the message, which the status of each of its parts says. The text is
 * searched, not parsed: it may be cut off.
 *
 * @returns null where HTTP's status says all that is known.
 */
export function readVonageAnswer({ status, body }: Answer, ofOperator?: ErrorMap): SubmitOutcome | null {
  if (status !== 200) return null;
  const codes = [...body.matchAll(/"status"\s*:\s*"?(\d{1,3})\b/g)].map(([, code = '']) => code);
  const failed = codes.find((code) => code !== '0');
  if (failed === undefined) return codes.length === 0 ? null : accepted(body);
  // Some parts are on their way: it may be readable, and must not be sent again.
  if (codes.includes('0')) return { kind: 'ambiguous', detail: `a part ${failed}` };
  return refuse(refusalOf(failed, ofOperator, VONAGE_ERRORS) ?? BAD_REQUEST, failed);
}

/** Of several parts, the first one's id stands for the message. */
function accepted(body: string): SubmitOutcome {
  const id = /"message-id"\s*:\s*"([\w-]{1,64})"/.exec(body)?.[1];
  return { kind: 'accepted', detail: 'accepted', ...(id !== undefined && { providerMessageId: id }) };
}
