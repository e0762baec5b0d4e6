import type { SubmitOutcome } from '../../../domain/outcome.js';
import { BAD_REQUEST, refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { VONAGE_ERRORS } from './vonage-errors.js';

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
