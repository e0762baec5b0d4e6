import type { Cause } from './cause.js';
import type { SubmitFailure, SubmitOutcome } from './outcome.js';

export type Refusal = Extract<SubmitOutcome, { kind: 'refused' }>;

/** What becomes of a delivery whose provider refused it. `give-up` ends the channel; the next one is another step. */
export type AfterRefusal = { kind: 'retry'; inMs: number } | { kind: 'give-up'; cause: Cause };

const PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 5;

/** Failures that the same provider may not repeat a second later; a wrong password or an empty account stays what it is. */
const PASSING: readonly SubmitFailure[] = ['throttled', 'unreachable'];

/**
 * The provider whose turn it is: each of the route once, in order; then, when that made only one attempt, the first once more.
 *
 * @param route provider ids of the channel, in order.
 * @param tried providers of the attempts made so far, in order.
 * @returns undefined when the channel has had its attempts.
 */
export function nextProvider(route: string[], tried: string[]): string | undefined {
  const untried = route.find((id) => !tried.includes(id));
  if (untried !== undefined) return untried;
  return tried.length < Math.max(2, route.length) ? route[0] : undefined;
}

/**
 * Transient refusals try the next provider of the channel at once, or the only one again after a second (`Retry-After` is
 * honoured up to 5 s: a code lives minutes). A rejection is final for the channel.
 *
 * @param tried providers of the attempts made so far, the refused one included.
 */
export function afterRefusal(refusal: Refusal, route: string[], tried: string[]): AfterRefusal {
  const giveUp: AfterRefusal = { kind: 'give-up', cause: refusal.cause };
  if (refusal.failure === 'rejected') return giveUp;
  const next = nextProvider(route, tried);
  if (next === undefined) return giveUp;
  if (!tried.includes(next)) return { kind: 'retry', inMs: 0 };
  if (!PASSING.includes(refusal.failure)) return giveUp;
  const pause = Math.min(Math.max(refusal.retryAfterSeconds ?? PAUSE_SECONDS, PAUSE_SECONDS), LONGEST_PAUSE_SECONDS);
  return { kind: 'retry', inMs: pause * 1_000 };
}
