import { setTimeout as sleep } from 'node:timers/promises';

/** Prometheus waits ten seconds for everything together; a scrape must not hang with the store it asks about. */
const PATIENCE_MS = 3_000;

/** @returns null when the answer was an error, or did not come in time. */
export function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  return Promise.race([answer, sleep(PATIENCE_MS, null, { ref: false })]).catch(() => null);
}
