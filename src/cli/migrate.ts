import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { migrations as released } from '../entities.js';
import { dataSource, LOCK_TIMEOUT_MS, type PostgresOptions } from '../platform/postgres/data-source.js';

/** Any number: who holds this advisory lock migrates. */
const LOCK = 1_795_359_600;
const POLL_MS = 200;
const PATIENCE_MS = 60_000;
/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Applies pending migrations, each whole or not at all. Several processes may start with this at once: one migrates, the rest
 * wait. The service may run meanwhile.
 *
 * @param url of a Postgres that can be reached.
 * @param migrations oldest first; the released ones when absent.
 * @returns the names of the migrations that this call applied.
 * @throws when one could not get its lock or failed. The ones before it stay; calling again goes on where it ended.
 */
export async function migrate(url: string, migrations: PostgresOptions['migrations'] = released): Promise<string[]> {
  const source = dataSource({ target: { url }, entities: [], migrations, poolSize: 2, work: 'migrating' });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await takeLock(runner);
    source.migrations.filter(({ transaction }) => transaction === false).forEach(waitAsLongAsItTakes);
    return (await source.runMigrations()).map(({ name }) => name);
  } catch (error) {
    throw isLockTimeout(error) ? await lockNotHad(source) : error;
  } finally {
    // Ends the session, and the advisory lock with it.
    await runner.release();
    await source.destroy();
  }
}

/** Asked again and again: a statement that waits would hold a snapshot, and CREATE INDEX CONCURRENTLY would wait for it. */
async function takeLock(runner: QueryRunner): Promise<void> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    const sql = `SELECT pg_try_advisory_lock(${String(LOCK)}) AS taken`;
    const [lock] = (await runner.query(sql)) as { taken: boolean }[];
    if (lock?.taken) return;
    await sleep(POLL_MS);
  }
  throw new Error('Another process has been migrating for a minute. Look at it, then try again.');
}

/**
 * CREATE INDEX CONCURRENTLY waits for every transaction that is older than it, a backup's too, as for a lock. Nobody waits
 * behind it, and giving up would leave an invalid index. RESET goes back to what the connection began with.
 */
function waitAsLongAsItTakes(migration: MigrationInterface): void {
  const up = migration.up.bind(migration);
  migration.up = async (runner) => {
    await runner.query('SET lock_timeout = 0');
    await up(runner).finally(() => runner.query('RESET lock_timeout'));
  };
}

const isLockTimeout = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE;

const nameOf = (migration: MigrationInterface) => migration.name ?? migration.constructor.name;

async function lockNotHad(source: DataSource): Promise<Error> {
  const applied = await source.query<{ name: string }[]>('SELECT name FROM migrations');
  const failed = source.migrations.find((migration) => !applied.some(({ name }) => name === nameOf(migration)));
  const what = `${failed ? nameOf(failed) : 'A migration'} could not lock its table within ${String(LOCK_TIMEOUT_MS / 1_000)} s`;
  const why = 'because a long transaction has it (see pg_stat_activity), and gave up so that nobody waits behind it';
  return new Error(`${what}, ${why}. Run it again.`);
}
