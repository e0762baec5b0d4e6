import { nextTryInMs, type FailedTry } from './try-schedule.js';

/** What became of a request to a receiver. */
export type Answer =
  | { kind: 'answered'; status: number; retryAfterMs: number | null }
  /** In our words; a receiver's own are told to nobody. */
  | { kind: 'none'; why: string };

/** What becomes of a message by it. */
export type Verdict =
  | { kind: 'delivered'; status: number }
  | { kind: 'again'; inMs: number; status: number | null; why: string }
  | { kind: 'failed'; status: number | null; why: string }
  /** The receiver wants nothing more: as `again`, and the endpoint is disabled. */
  | { kind: 'gone'; inMs: number; status: number; why: string };

const GONE = 410;
/** RFC 9110 and 6585: where `Retry-After` says when it is worth coming back. */
const MAY_ASK_TO_WAIT = [429, 503];

/**
 * Only 2xx is a success (Standard Webhooks 1.0): a redirect is none, since whoever could redirect us could lead us anywhere.
 *
 * @param of `tries` the message has had, this one included; `chance` as for `nextTryInMs`.
 */
export function judgeAnswer(answer: Answer, of: Pick<FailedTry, 'tries' | 'chance'>): Verdict {
  const status = answer.kind === 'answered' ? answer.status : null;
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered', status };
  const why = answer.kind === 'none' ? answer.why : `answered ${String(answer.status)}`;
  const inMs = nextTryInMs({ ...of, askedForMs: askedForMs(answer) });
  if (status === GONE) return { kind: 'gone', inMs: inMs ?? 0, status, why };
  return inMs === null ? { kind: 'failed', status, why } : { kind: 'again', inMs, status, why };
}

function askedForMs(answer: Answer): number | null {
  return answer.kind === 'answered' && MAY_ASK_TO_WAIT.includes(answer.status) ? answer.retryAfterMs : null;
}
