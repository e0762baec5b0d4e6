import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';

/** Any number: who holds this advisory lock migrates. */
const LOCK = 1_795_359_600;
const POLL_MS = 200;
const PATIENCE_MS = 60_000;

/**
 * Applies pending migrations, all or none. Several processes may start with this at once: one migrates, the rest wait.
 *
 * @returns the names of the migrations that this call applied.
 */
export async function migrate(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  try {
    await takeLock(runner);
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    // Ends with the session at the latest; here, because a pool keeps sessions.
    await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await runner.release();
  }
}

async function takeLock(runner: QueryRunner): Promise<void> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    const [{ taken }] = (await runner.query(`SELECT pg_try_advisory_lock(${String(LOCK)}) AS taken`)) as [
      { taken: boolean },
    ];
    if (taken) return;
    await sleep(POLL_MS);
  }
  throw new Error('Another process has been migrating for a minute. Look at it, then try again.');
}
