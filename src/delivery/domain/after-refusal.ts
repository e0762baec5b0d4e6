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
 * The providers that may be asked, in order: each of the route once; then, when that made only one attempt, the first once more.
 *
 * @param route provider ids of the channel, in order.
 * @param tried providers of the attempts made so far, in order.
 * @returns none when the channel has had its attempts.
 */
export function providersLeft(route: string[], tried: string[]): string[] {
  const untried = route.filter((id) => !tried.includes(id));
  if (untried.length > 0) return untried;
  return tried.length < Math.max(2, route.length) ? route.slice(0, 1) : [];
}

/**
 * Transient refusals try the next provider of the channel at once, or the only one again after a second, or after `Retry-After`
 * where that is at most 5 s: a code lives minutes, and the next channel is there now. A rejection is final for the channel.
 *
 * @param tried providers of the attempts made so far, the refused one included.
 */
export function afterRefusal(refusal: Refusal, route: string[], tried: string[]): AfterRefusal {
  const giveUp: AfterRefusal = { kind: 'give-up', cause: refusal.cause };
  if (refusal.failure === 'rejected') return giveUp;
  const [next] = providersLeft(route, tried);
  if (next === undefined) return giveUp;
  if (!tried.includes(next)) return { kind: 'retry', inMs: 0 };
  const pause = Math.max(refusal.retryAfterSeconds ?? PAUSE_SECONDS, PAUSE_SECONDS);
  if (!PASSING.includes(refusal.failure) || pause > LONGEST_PAUSE_SECONDS) return giveUp;
  return { kind: 'retry', inMs: pause * 1_000 };
}
