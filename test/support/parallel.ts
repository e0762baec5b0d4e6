import type { Reply } from './http-client.js';
import type { Answer } from './login.js';

/** The results of `count` calls that are made at once; `n` may choose the process. */
export function atOnce<T>(count: number, call: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => call(n)));
}

/** One after the other, because a race is seldom lost at the first try. A failure tells in which round. */
export async function rounds(count: number, round: () => Promise<void>): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    try {
      await round();
    } catch (error) {
      if (error instanceof Error) error.message = `round ${String(n)}: ${error.message}`;
      throw error;
    }
  }
}

/** How often each answer was given: `{ '200 approved': 1, '429 attempts-used-up': 49 }`. */
export function tally(replies: Reply<Answer>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const name = `${String(status)} ${body.code ?? String(body.status)}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
