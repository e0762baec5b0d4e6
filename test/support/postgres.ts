import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { entities, migrations } from '../../src/entities.js';
import { Log } from '../../src/platform/log/log.js';
import { dataSource, type PostgresOptions } from '../../src/platform/postgres/data-source.js';
import { Database } from '../../src/platform/postgres/database.js';
import { EmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.js';
import { putEmptyCluster } from './empty-cluster.js';
import { migratedTemplate } from './migrated-template.js';
import { createDatabase, dropDatabase } from './servers/own-database.js';

export interface TestDatabase {
  database: Database;
  close: () => Promise<void>;
}

/** A database of its own on the run's real Postgres, with every migration applied. Races are tested here, never on PGlite. */
export async function openTestDatabase(): Promise<TestDatabase & { url: string }> {
  const url = await createDatabase(inject('postgresUrl'), 'test', await migratedTemplate());
  const database = await open({ target: { url }, poolSize: 10 });
  return {
    ...{ database, url },
    close: async () => {
      await database.dataSource.destroy();
      await dropDatabase(url);
    },
  };
}

/** The embedded Postgres (PGlite) in a temporary folder, migrated: as `npm start` has it, with its pool of one. */
export async function openEmbeddedDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(inject('scratchFolder'), 'pglite-'));
  await putEmptyCluster(folder);
  const embedded = await EmbeddedPostgres.open(folder);
  const database = await open({ target: { socketFolder: embedded.socketFolder }, poolSize: 1 });
  await database.dataSource.runMigrations();
  return {
    database,
    close: async () => {
      await database.dataSource.destroy();
      await embedded.close();
    },
  };
}

/** Some tests hold a row or every connection while others wait; on a busy machine that is longer than a caller would wait. */
const PATIENCE = {
  ...{ statement_timeout: 60_000, query_timeout: 61_000, idle_in_transaction_session_timeout: 60_000 },
  connectionTimeoutMillis: 60_000,
};

async function open(where: Pick<PostgresOptions, 'target' | 'poolSize'>): Promise<Database> {
  const source = dataSource({ ...where, entities, migrations });
  source.setOptions({ extra: { ...(source.options.extra as object), ...PATIENCE } });
  await source.initialize();
  return new Database(source, Log.to('silent'), 'url' in where.target);
}
