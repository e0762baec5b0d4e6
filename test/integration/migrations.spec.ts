import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { openEmbeddedDatabase, openTestDatabase, type TestDatabase } from '../support/postgres.js';

const tables = (database: Database) =>
  database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations' ORDER BY 1`,
  );

/** The statements that would make the schema what the entities say. */
async function drift(database: Database): Promise<string[]> {
  const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

describe.each([
  ['Postgres', openTestDatabase],
  ['the embedded PGlite', openEmbeddedDatabase],
])('the migrations on %s', (_name, open) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test('leave exactly the schema that the entities declare', async () => {
    expect(await drift(opened.database)).toEqual([]);
  });

  test('are all applied, so that a second run has nothing to do', async () => {
    const { dataSource } = opened.database;

    expect(await dataSource.showMigrations()).toBe(false);
    expect(await dataSource.runMigrations()).toEqual([]);
  });

  test('can be taken back to nothing and applied again', async () => {
    const { database } = opened;
    const before = await tables(database);

    for (let left = database.dataSource.migrations.length; left > 0; left -= 1)
      await database.dataSource.undoLastMigration();
    expect(await tables(database)).toEqual([]);

    await database.dataSource.runMigrations();
    expect(await tables(database)).toEqual(before);
  });
});

test.each([
  ['a column', 'ALTER TABLE deliveries ADD COLUMN surplus text'],
  ['a default', 'ALTER TABLE verifications ALTER COLUMN sends SET DEFAULT 2'],
  ['an index', 'DROP INDEX deliveries_due'],
  ['a CHECK', 'ALTER TABLE deliveries DROP CONSTRAINT deliveries_status'],
  ['a UNIQUE', 'ALTER TABLE deliveries DROP CONSTRAINT deliveries_step'],
])('a difference in %s is noticed', async (_what, change) => {
  const { database, close } = await openTestDatabase();
  await database.query(change);

  expect(await drift(database)).not.toEqual([]);
  await close();
});
