import type { Answer, NoAnswer } from './answer.js';
import { askOnce, type Fetch, type Patience, type Question } from './ask-once.js';
import { retryInMs } from './retry-in.js';

const MOST_TRIES = 3;

/**
 * Asks, and asks again where that may help and does no harm.
 *
 * @param repeatable whether asking twice is like asking once: reading, canceling, or whatever has an idempotency key.
 * @param timeoutMs for everything together. Each try has an even share of what is left, so that one which hangs is not all.
 */
export async function ask(
  fetch: Fetch,
  question: Question,
  { repeatable, timeoutMs, signal }: Patience & { repeatable: boolean },
): Promise<Answer | NoAnswer> {
  const endsAt = performance.now() + timeoutMs;
  const most = repeatable ? MOST_TRIES : 1;
  for (let tries = 1; ; tries += 1) {
    const share = (endsAt - performance.now()) / (most - tries + 1);
    const answer = await askOnce(fetch, question, { timeoutMs: share, signal });
    const waitMs = tries < most ? retryInMs(answer, tries) : null;
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
