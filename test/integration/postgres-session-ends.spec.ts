import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import pg from 'pg';
import type { Query } from '../../src/platform/postgres/database.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

/** A server that restarts ends the session of whoever is in the middle of a transaction; nobody listens to that socket but us. */
let opened: TestDatabase;
let operator: pg.Client;

beforeAll(async () => {
  opened = await openTestDatabase();
  operator = new pg.Client({ connectionString: inject('postgresUrl') });
  await operator.connect();
});
afterAll(async () => {
  await operator.end();
  await opened.close();
});

const sessionOf = async (query: Query) => (await query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;

async function terminate(pid: number | undefined): Promise<void> {
  await operator.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
  // The socket's own error comes by itself, while no statement waits for it.
  await new Promise((heard) => setTimeout(heard, 50));
}

const add = (query: Query, id: string) => query('INSERT INTO applications (id, name) VALUES ($1, $1)', [id]);
const added = () => opened.database.query('SELECT id FROM applications ORDER BY id');

test('R97 a session that ends in the middle of a transaction is 503, nothing of it stays, and the next one works', async () => {
  const uncaught: unknown[] = [];
  const listen = (error: unknown) => uncaught.push(error);
  process.on('uncaughtException', listen);

  const broken = opened.database.transaction(async (query) => {
    await add(query, 'app_1');
    await terminate(await sessionOf(query));
    await add(query, 'app_2');
  });
  await expect(broken).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });

  const uncommitted = opened.database.transaction(async (query) => {
    await add(query, 'app_3');
    await terminate(await sessionOf(query));
  });
  await expect(uncommitted).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });
  expect(await added()).toEqual([]);

  // More than the pool has connections: none of them is a broken one.
  const ids = Array.from({ length: 12 }, (_, n) => `app_a${String(n).padStart(2, '0')}`);
  for (const id of ids) await opened.database.transaction((query) => add(query, id));
  expect(await added()).toEqual(ids.map((id) => ({ id })));
  process.off('uncaughtException', listen);
  expect(uncaught).toEqual([]);
});
