import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../src/cli/migrate.js';
import { onServer } from './servers/own-database.js';

/** Any number: who holds this advisory lock of the server makes the template. */
const LOCK = 1_795_400_001;

let known: Promise<string> | undefined;

/**
 * The name of a database on the run's Postgres in which every migration was applied and nothing else happened. A copy of it costs
 * a fifth of what applying them again does, and every suite needs one. The first worker that asks makes it.
 */
export function migratedTemplate(): Promise<string> {
  return (known ??= makeOnce(inject('postgresUrl'), inject('postgresTemplate')));
}

async function makeOnce(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      // One that failed half-way is no template.
      const unfinished = `${name}_unfinished`;
      await client.query(`CREATE DATABASE ${unfinished}`);
      await migrate(onServer(serverUrl, unfinished));
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    }
    return name;
  } finally {
    // The lock goes with the session.
    await client.end();
  }
}
