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
    const name = this.prepared ? this.names.of(sql) : undefined;
    const client = await this.connect(askedAt);
    try {
      const { rows } = await client.query<Row>({ text: sql, values, ...(name !== undefined && { name }) });
      giveBack(client, true);
      if (observed()) tellAsked(true, askedAt);
      return rows;
    } catch (error) {
      giveBack(client, false);
      if (observed()) tellAsked(!isOutage(error), askedAt);
      throw this.translate(error, !rolledBack(error));
    }
  }

  /** @throws as {@link query}; only the answer to COMMIT can be missed. */
  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.connect(performance.now());
    let committing = false;
    try {
      await client.query('BEGIN');
      const result = await work(async (sql, values = []) => (await client.query(sql, values)).rows as never);
      committing = true;
      await client.query('COMMIT');
      giveBack(client, true);
      return result;
    } catch (error) {
      await abandon(client);
      throw this.translate(error, committing && !rolledBack(error));
    }
  }

  async ping(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** A connection that says nothing of itself until it is given back: the pool listens only while it has it. */
  private async connect(askedAt: number): Promise<PoolClient> {
    try {
      const client = await this.pool.connect();
      // A server that restarts now must not end the process.
      client.on('error', ignore);
      return client;
    } catch (error) {
      if (observed()) tellAsked(false, askedAt);
      throw this.translate(error, false);
    }
  }

  private translate(error: unknown, mayHaveRun: boolean): unknown {
    if (error instanceof DomainError || !isOutage(error)) return error;
    this.log.failure('postgres.unavailable', error);
    return mayHaveRun
      ? new Unanswered('The ledger did not say whether this was done. Ask again shortly.')
      : unavailable('The ledger can not be reached, so nothing was decided. Try again shortly.');
  }
}

const ignore = () => undefined;

/** @param sound false throws it away; it may still say what befell it. */
function giveBack(client: PoolClient, sound: boolean): void {
  if (sound) client.off('error', ignore);
  client.release(!sound);
}

async function abandon(client: PoolClient): Promise<void> {
  const sound = await client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
  giveBack(client, sound);
}

function tellAsked(answered: boolean, askedAt: number): void {
  observe({ kind: 'store-asked', store: 'postgres', answered, seconds: secondsSince(askedAt) });
}

/** SQLSTATE classes 08 (connection), 28 (authorization), 3D (no such database), 53 (resources), 57 (operator intervention), 58 (system), and errors of the socket itself. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    /^(08|28|3D|53|57|58|25006|40)/.test(code) ||
    /^E(?!RR_)[A-Z_]+$/.test(code) ||
    /timeout|terminated|Connection/i.test(error.message)
  );
}

/** Whether Postgres said that it has undone what was asked. When a connection ends or is silent nobody can say. */
const rolledBack = (error: unknown): boolean => error instanceof Error && /^(40|53|25006|57014)/.test(codeOf(error));

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
