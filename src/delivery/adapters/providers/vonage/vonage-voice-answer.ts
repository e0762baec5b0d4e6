import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { VONAGE_CALL_ERRORS } from './vonage-voice-errors.js';

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
