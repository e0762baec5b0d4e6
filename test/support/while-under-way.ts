import { expect } from 'vitest';
import type { Database, Query } from '../../src/platform/postgres/database.js';
import { eventually } from './eventually.js';

/** Whoever waits for this transaction. */
const WAITING = 'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';

/** Does some work in a transaction that ends when what is asked meanwhile waits for it, or was answered. @returns the answer */
export async function whileUnderWay<Answer>(
  database: Database,
  work: (query: Query) => Promise<unknown>,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const { answer } = await database.transaction(async (query) => {
    await work(query);
    let answered = false;
    const asked = ask().finally(() => (answered = true));
    await eventually(async () => {
      expect(answered || (await query(WAITING)).length > 0).toBe(true);
    });
    // In an object, which nobody waits for here.
    return { answer: asked };
  });
  return answer;
}
