import { entities, migrations } from '../entities.js';
import type { Env } from '../env.js';
import { Log } from '../platform/log/log.js';
import { dataSource } from '../platform/postgres/data-source.js';
import { Database } from '../platform/postgres/database.js';
import { StartupRefused } from '../platform/startup.js';
import { openStores } from '../stores.js';
import { migrate } from './migrate.js';

export interface Ledger {
  database: Database;
  /** @returns the names of the migrations that this call applied. */
  migrate(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Opens what the service would open, without Redis. The embedded database only while no process serves from it; opening
 * migrates it.
 *
 * @throws {StartupRefused} when Postgres can not be reached, or the embedded one is in use.
 */
export async function openLedger(env: Env): Promise<Ledger> {
  // Lines of a log would stand between a script and the id it waits for; what fails is told as the command's answer.
  const log = Log.to('silent');
  if (env.embedded) return { ...(await openStores(env, log)), migrate: () => Promise.resolve([]) };
  const url = env.databaseUrl ?? '';
  const source = dataSource({ target: { url }, entities, migrations, poolSize: 2 });
  try {
    await source.initialize();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new StartupRefused([`DATABASE_URL: Postgres can not be reached (${code})`]);
  }
  return { database: new Database(source, log), migrate: () => migrate(url), close: () => source.destroy() };
}
