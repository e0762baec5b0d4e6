import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { dataSource } from '../../src/platform/postgres/data-source.js';
import { Database, type Query } from '../../src/platform/postgres/database.js';
import { Unanswered } from '../../src/shared/refusals.js';

/** A 503 is all that callers see; whether it may have been done is what a start must know of it. */
let database: Database;

async function opened(poolSize: number): Promise<Database> {
  const source = dataSource({ target: { url: inject('postgresUrl') }, poolSize, entities: [], migrations: [] });
  return new Database(await source.initialize(), Log.to('silent'));
}

beforeAll(async () => {
  database = await opened(2);
});
afterAll(() => database.dataSource.destroy());

const what = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: unknown) => (error instanceof Unanswered ? 'unanswered' : (error as { code: string }).code),
  );
/** Ends the session from outside while it is busy. */
const end = async (pid: number | undefined) => {
  await new Promise((busy) => setTimeout(busy, 50));
  await database.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
};
const sessionOf = async (query: Query) => (await query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;

test('R51 statements of a service end after 5 s, and who waits for them after 6', async () => {
  expect(await database.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '5s' }]);
  expect(database.dataSource.options).toMatchObject({ extra: { query_timeout: 6_000 } });
});

test('R51 a statement that Postgres gives up was not done', async () => {
  const impatient = await opened(1);
  await impatient.query('SET statement_timeout = 20');
  expect(await what(impatient.query('SELECT pg_sleep(5)'))).toBe('unavailable');
  await impatient.dataSource.destroy();
});

test('R51 of a statement whose session ends nobody knows; a transaction that did not come to its COMMIT was not done', async () => {
  const pid = await sessionOf((sql, values) => database.query(sql, values));
  const alone = what(database.query('SELECT pg_sleep(5)'));
  await end(pid);
  expect(await alone).toBe('unanswered');

  const broken = database.transaction(async (query) => end(await sessionOf(query)));
  expect(await what(broken)).toBe('unanswered');
  const early = database.transaction(async (query) => {
    await end(await sessionOf(query));
    await query('SELECT 1');
  });
  expect(await what(early)).toBe('unavailable');
});

test('what is wrong with the statement or its values is no outage', async () => {
  expect(await what(database.query('SELECT nothing_there'))).toBe('42703');
  const mistaken = database.transaction(() => Promise.resolve(Buffer.from(undefined as unknown as string)));
  await expect(mistaken).rejects.toThrow(TypeError);
});
