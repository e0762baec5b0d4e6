import { DataSource, type MixedList } from 'typeorm';

/** How long a migration waits for a table's lock. Whoever needs the table meanwhile waits behind it, so: a few seconds (R98). */
export const LOCK_TIMEOUT_MS = 3_000;

/**
 * Serving, a caller waits, so nothing takes long. Migrating, building an index may take as long as it takes, but what locks a
 * table against everybody must get its lock soon or give up. Migrations without a transaction wait longer (cli/migrate.ts).
 */
const TIMEOUTS = {
  serving: { statement_timeout: 5_000, query_timeout: 6_000, idle_in_transaction_session_timeout: 10_000 },
  migrating: { lock_timeout: LOCK_TIMEOUT_MS },
};

export interface PostgresOptions {
  /** A `postgres://` URL, or a folder that holds the embedded database's unix socket. */
  target: { url: string } | { socketFolder: string };
  entities: MixedList<new () => object>;
  migrations: MixedList<new () => object>;
  /** What its statements may wait for; serving by default. */
  work?: keyof typeof TIMEOUTS;
  /** Connections; 1 for the embedded database, whose connections would all share one session. */
  poolSize: number;
}

/** TypeORM's options for the ledger: migrations only, never `synchronize`. */
export function dataSource(options: PostgresOptions): DataSource {
  const where =
    'url' in options.target
      ? { url: options.target.url }
      : { host: options.target.socketFolder, username: 'postgres', database: 'postgres' };
  return new DataSource({
    type: 'postgres',
    ...where,
    entities: options.entities,
    migrations: options.migrations,
    migrationsTableName: 'migrations',
    // One by one, so that one may do without a transaction: CREATE INDEX CONCURRENTLY must.
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: options.poolSize,
    connectTimeoutMS: 2_000,
    extra: TIMEOUTS[options.work ?? 'serving'],
  });
}
