import type { SubmitOutcome } from '../../../domain/outcome.js';
import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  refusalOf,
  refuse,
  THROTTLED,
  type ErrorMap,
} from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';

/** Why Vonage does not place a call: HTTP's status is all that can be relied on (https://developer.vonage.com/en/api/voice). */
export const VONAGE_CALL_ERRORS: ErrorMap = {
  400: BAD_REQUEST, // of this call: its number, its caller
  401: MISCONFIGURED, // wrong application or key
  402: OUT_OF_CREDIT,
  403: MISCONFIGURED,
  404: BAD_REQUEST,
  429: THROTTLED, // three calls a second, fifteen requests
};

/**
 * What Vonage's interface answered. The text of an answer is searched, not parsed: it may be cut off.
 *
 * @returns null where HTTP's status says all that is known.
 */
export function readVonageCallAnswer({ status, body }: Answer, ofOperator?: ErrorMap): SubmitOutcome | null {
  // Created: whatever the body says of it, it exists.
  if (status === 201) {
    const uuid = /"uuid"\s*:\s*"([0-9a-fA-F-]{36})"/.exec(body)?.[1];
    return { kind: 'accepted', detail: 'created', ...(uuid !== undefined && { providerMessageId: uuid }) };
  }
  const known = status < 400 ? undefined : refusalOf(String(status), ofOperator, VONAGE_CALL_ERRORS);
  return known ? refuse(known, String(status)) : null;
}
