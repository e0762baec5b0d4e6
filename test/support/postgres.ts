import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { entities, migrations } from '../../src/entities.js';
import { Log } from '../../src/platform/log/log.js';
import { dataSource, type PostgresOptions } from '../../src/platform/postgres/data-source.js';
import { Database } from '../../src/platform/postgres/database.js';
import { EmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.js';
import { putEmptyCluster } from './empty-cluster.js';

export interface TestDatabase {
  database: Database;
  close: () => Promise<void>;
}

/** The run's real Postgres, in a fresh schema with every migration applied. Races are tested here, never on PGlite. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const url = inject('postgresUrl');
  await execute(url, `CREATE SCHEMA ${schema}`);
  const database = await open({ target: { url }, poolSize: 10, schema });
  return {
    database,
    close: async () => {
      await database.dataSource.destroy();
      await execute(url, `DROP SCHEMA ${schema} CASCADE`);
    },
  };
}

/** The embedded Postgres (PGlite) in a temporary folder, migrated: as `npm start` has it, with its pool of one. */
export async function openEmbeddedDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(inject('scratchFolder'), 'pglite-'));
  await putEmptyCluster(folder);
  const embedded = await EmbeddedPostgres.open(folder);
  const database = await open({ target: { socketFolder: embedded.socketFolder }, poolSize: 1 });
  return {
    database,
    close: async () => {
      await database.dataSource.destroy();
      await embedded.close();
    },
  };
}

/** Some tests hold a row while others wait for it; on a busy machine that is longer than a caller of the service would wait. */
const PATIENCE = { statement_timeout: 60_000, query_timeout: 61_000, idle_in_transaction_session_timeout: 60_000 };

async function open(where: Pick<PostgresOptions, 'target' | 'poolSize' | 'schema'>): Promise<Database> {
  const source = dataSource({ ...where, entities, migrations });
  source.setOptions({ extra: { ...(source.options.extra as object), ...PATIENCE } });
  await source.initialize();
  await source.runMigrations();
  return new Database(source, Log.to('silent'), 'url' in where.target);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
