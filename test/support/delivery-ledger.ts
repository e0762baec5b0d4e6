import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { openTestDatabase, type TestDatabase } from './postgres.js';

/** The suite's own Postgres, in which each test begins without a delivery. Its hooks run before those that are registered later. */
export function deliveryLedger(): { readonly database: Database } {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.query('DELETE FROM deliveries');
    await opened.database.query('DELETE FROM send_attempts');
  });
  return {
    get database() {
      return opened.database;
    },
  };
}
