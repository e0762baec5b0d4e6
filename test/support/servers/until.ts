import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks every 50 ms until there is something; whatever is thrown meanwhile counts as nothing yet.
 *
 * @throws an error that says what was waited for, with the last thing thrown, after `withinMs` (20 s by default).
 */
export async function until<T>(what: string, ask: () => Promise<T | null>, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await ask();
      if (found !== null) return found;
    } catch (error) {
      cause = error;
    }
    await sleep(50);
  }
  throw new Error(`waited ${String(withinMs)} ms in vain until ${what}`, { cause });
}
