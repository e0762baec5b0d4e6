import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DomainError } from '../../shared/domain-error.js';
import { observe, observed, secondsSince } from '../../shared/observations.js';
import { unavailable, Unanswered } from '../../shared/refusals.js';
import type { Log } from '../log/log.js';
import { traced } from '../tracing/traced.js';
import { StatementNames } from './statement-names.js';

/** Runs one parameterised statement and gives its rows. */
export type Query = <Row extends QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Postgres for statements that decide: plain parameterised SQL over the pool TypeORM opened. Each decision is ONE statement;
 * `transaction` is for the rare work that is not, and never calls `query` inside (embedded, the pool has one connection).
 */
export class Database {
  private readonly pool: Pool;
  private readonly names = new StatementNames();

  /** @param prepared false where connections share a session, as the embedded database's do: their statements' names collide. */
  constructor(
    readonly dataSource: DataSource,
    private readonly log: Log,
    private readonly prepared = true,
  ) {
    this.pool = (dataSource.driver as PostgresDriver).master as Pool;
  }

  /** @throws 503 `unavailable` when Postgres can not be reached or gives no answer in time, {@link Unanswered} where it may have run. */
  query<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const fields = { 'db.system.name': 'postgresql', 'db.query.text': sql };
    return traced('postgres', 'client', fields, () => this.ask<Row>(sql, values));
  }

  private async ask<Row extends QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    const askedAt = performance.now();
    try {
      const name = this.prepared ? this.names.of(sql) : undefined;
      const { rows } = await this.pool.query<Row>({ text: sql, values, ...(name !== undefined && { name }) });
      if (observed()) tellAsked(true, askedAt);
      return rows;
    } catch (error) {
      if (observed()) tellAsked(!isOutage(error), askedAt);
      throw this.translate(error);
    }
  }

  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw this.translate(error);
    });
    // The pool listens only while it has the connection; a server that restarts now must not end the process.
    client.on('error', ignore);
    try {
      await client.query('BEGIN');
      const result = await work(async (sql, values = []) => (await client.query(sql, values)).rows as never);
      await client.query('COMMIT');
      client.off('error', ignore);
      client.release();
      return result;
    } catch (error) {
      await this.abandon(client);
      throw this.translate(error);
    }
  }

  async ping(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  private async abandon(client: PoolClient): Promise<void> {
    const rolledBack = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    // A connection that is thrown away may still say what befell it.
    if (rolledBack) client.off('error', ignore);
    client.release(!rolledBack);
  }

  private translate(error: unknown): unknown {
    if (error instanceof DomainError || !isOutage(error)) return error;
    this.log.failure('postgres.unavailable', error);
    if (hasNotRun(error))
      return unavailable('The ledger can not be reached, so nothing was decided. Try again shortly.');
    return new Unanswered('The ledger did not say whether this was done. Ask again shortly.');
  }
}

const ignore = () => undefined;

function tellAsked(answered: boolean, askedAt: number): void {
  observe({ kind: 'store-asked', store: 'postgres', answered, seconds: secondsSince(askedAt) });
}

/** SQLSTATE classes 08 (connection), 28 (authorization), 3D (no such database), 53 (resources), 57 (operator intervention), 58 (system), and errors of the socket itself. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    /^(08|28|3D|53|57|58|25006|40)/.test(code) ||
    /^E[A-Z_]+$/.test(code) ||
    /timeout|terminated|Connection/i.test(error.message)
  );
}

/**
 * Whether what was asked has certainly come to nothing: there was no connection to ask by, or Postgres said that it rolled back. Of
 * a connection that ends meanwhile (08, 57P01, 57P02, a reset) nobody can say, nor of one that is silent.
 */
function hasNotRun(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(28|3D|40|53|25006|57014|57P03|ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN)/.test(codeOf(error)) ||
    /trying to connect|connection timeout|timeout expired/i.test(error.message)
  );
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
