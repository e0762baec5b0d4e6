import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedDatabase, openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { openTestRedis } from '../support/redis.js';

describe.each([
  ['Postgres', openTestDatabase],
  ['PGlite', openEmbeddedDatabase],
])('the ledger on %s', (_name, open) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test('takes and gives rows of its own schema', async () => {
    const { database } = opened;
    await database.query('INSERT INTO applications (id, name) VALUES ($1, $2)', ['app_1', 'shop']);

    expect(await database.query('SELECT id, version FROM applications')).toEqual([{ id: 'app_1', version: 1 }]);
  });

  test('undoes a transaction that failed', async () => {
    const { database } = opened;
    const failing = database.transaction(async (query) => {
      await query('INSERT INTO applications (id, name) VALUES ($1, $2)', ['app_2', 'bank']);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await database.query('SELECT id FROM applications WHERE id = $1', ['app_2'])).toEqual([]);
  });
});

test('two suites on one Redis have different prefixes', async () => {
  const [one, other] = await Promise.all([openTestRedis(), openTestRedis()]);

  expect(await one.redis.ping()).toBe(true);
  expect(one.redis.prefix).not.toBe(other.redis.prefix);
  one.close();
  other.close();
});
