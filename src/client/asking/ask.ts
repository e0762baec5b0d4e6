import type { Answer, NoAnswer } from './answer.js';
import { askOnce, type Fetch, type Patience, type Question } from './ask-once.js';
import { isInFlight, retryInMs } from './retry-in.js';

const MOST_TRIES = 3;

/**
 * Asks, and asks again where that may help and does no harm.
 *
 * @param repeatable whether asking twice is like asking once: reading, canceling, or whatever has an idempotency key.
 * @param timeoutMs for everything together. Each try has an even share of what is left, so that one which hangs is not all.
 * Being told that the first request is still at work is no try that failed: whoever then gives up loses the code that a process
 * has died with, since only this key may go on with it.
 */
export async function ask(
  fetch: Fetch,
  question: Question,
  { repeatable, timeoutMs, signal }: Patience & { repeatable: boolean },
): Promise<Answer | NoAnswer> {
  const endsAt = performance.now() + timeoutMs;
  let triesLeft = repeatable ? MOST_TRIES : 1;
  for (let asked = 1; ; asked += 1) {
    const share = (endsAt - performance.now()) / triesLeft;
    const answer = await askOnce(fetch, question, { timeoutMs: share, signal });
    if (!repeatable || !isInFlight(answer)) triesLeft -= 1;
    const waitMs = triesLeft > 0 ? retryInMs(answer, asked) : null;
    if (waitMs === null || performance.now() + waitMs >= endsAt) return answer;
    await pause(waitMs, signal);
  }
}

/** Ends early when the caller gives up; the next try then says so. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}
