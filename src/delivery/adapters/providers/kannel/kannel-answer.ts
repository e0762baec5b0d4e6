import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { KANNEL_ERRORS } from './kannel-errors.js';

/** smsbox's answers (gw/smsbox.c), the first that fits. `3:` waits for the SMSC's link and may leave late: hence the validity. */
const ANSWERS: readonly { status: number; body: RegExp; says: string; accepted?: true }[] = [
  { status: 202, body: /Denied receivers/, says: 'denied by a list' },
  { status: 202, body: /^0: /, says: 'accepted', accepted: true },
  { status: 202, body: /^3: /, says: 'queued for later delivery', accepted: true },
  { status: 202, body: /^Sent\./, says: 'accepted', accepted: true },
  { status: 403, body: /^Not routable/, says: 'not routable' },
  { status: 403, body: /^/, says: 'authorization failed' },
  { status: 400, body: /denied/, says: 'denied by a list' },
];

/**
 * What smsbox answered.
 *
 * @param ofOperator by the names in KANNEL_ERRORS, or by HTTP's status.
 * @returns null where HTTP's status says all that is known.
 */
export function readKannelAnswer({ status, body }: Answer, ofOperator?: ErrorMap): SubmitOutcome | null {
  const answer = ANSWERS.find((known) => known.status === status && known.body.test(body));
  if (answer?.accepted) return { kind: 'accepted', detail: answer.says };
  const says = answer?.says ?? String(status);
  const refused = status < 300 && !answer ? undefined : refusalOf(says, ofOperator, KANNEL_ERRORS);
  return refused ? refuse(refused, says) : null;
}
