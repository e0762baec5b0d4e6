import { DataSource, type MixedList } from 'typeorm';

export interface PostgresOptions {
  /** A `postgres://` URL, or a folder that holds the embedded database's unix socket. */
  target: { url: string } | { socketFolder: string };
  entities: MixedList<new () => object>;
  migrations: MixedList<new () => object>;
  /** Connections; 1 for the embedded database, whose connections would all share one session. */
  poolSize: number;
  schema?: string;
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
    ...(options.schema && { schema: options.schema }),
    entities: options.entities,
    migrations: options.migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'all',
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: options.poolSize,
    connectTimeoutMS: 2_000,
    extra: {
      statement_timeout: 5_000,
      query_timeout: 6_000,
      idle_in_transaction_session_timeout: 10_000,
      ...(options.schema && { options: `-c search_path=${options.schema}` }),
    },
  });
}
