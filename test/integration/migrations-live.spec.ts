import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/cli/migrate.js';
import { migrations } from '../../src/entities.js';
import { LOCK_TIMEOUT_MS } from '../../src/platform/postgres/data-source.js';
import { createWorld } from '../support/create-world.js';
import { createTenant, openLedgerOf } from '../support/deployment.js';
import { AddNote4102444800001, IndexNote4102444800003 } from '../support/later-migrations.js';
import { startService } from '../support/start-service.js';
import type { World } from '../support/world.js';

/** Migrations on a database that is in use: somebody else's long transaction, an interrupted index, a version rolled back. */
let world: World;
/** Somebody whose transaction takes long: a backup, or a person at a prompt. */
let slow: pg.Client;
/** Somebody who looks at what goes on meanwhile. */
let prompt: pg.Client;

beforeAll(async () => {
  world = await createWorld();
  await migrate(world.databaseUrl);
  slow = new pg.Client({ connectionString: world.databaseUrl });
  prompt = new pg.Client({ connectionString: world.databaseUrl });
  await Promise.all([slow.connect(), prompt.connect()]);
});
afterAll(async () => {
  await Promise.all([slow.end(), prompt.end()]);
  await world.close();
});

const rows = async (sql: string) => (await slow.query<Record<string, unknown>>(sql)).rows;
const columns = () =>
  rows(`SELECT FROM information_schema.columns WHERE table_name = 'verifications' AND column_name = 'note'`);
const indexes = () =>
  rows(`SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass('verifications_note')`);

const WAITING = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INDEX CONCURRENTLY%'`;

const later = [...migrations, AddNote4102444800001, IndexNote4102444800003];
const run = () => migrate(world.databaseUrl, later);

test('R98 a migration that can not lock its table gives up in seconds, says so, leaves nothing half done, and can be repeated', async () => {
  await slow.query('BEGIN');
  await slow.query('SELECT count(*) FROM verifications');
  const begun = performance.now();

  await expect(run()).rejects.toThrow(/^AddNote\d+ could not lock its table within 3 s, .* Run it again\.$/);
  // Two to five seconds, and the time that a busy machine takes around them.
  expect(performance.now() - begun).toBeGreaterThan(2_000);
  expect(await columns()).toEqual([]);
  await slow.query('COMMIT');
  // The index gets stuck behind an old snapshot in the next test; until then only the column is wanted.
  expect(await migrate(world.databaseUrl, later.slice(0, -1))).toEqual([AddNote4102444800001.name]);
  expect(await columns()).toHaveLength(1);
});

test('R98 an index waits for a transaction that takes longer than any lock is waited for; interrupted, it is built anew', async () => {
  await slow.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await slow.query('SELECT count(*) FROM verifications');
  const interrupted = expect(run()).rejects.toThrow('canceling statement due to user request');
  await sleep(LOCK_TIMEOUT_MS + 1_000);
  const [index] = (await prompt.query<{ pid: number }>(WAITING)).rows;
  await prompt.query('SELECT pg_cancel_backend($1)', [index?.pid]);
  await interrupted;
  await slow.query('COMMIT');
  expect(await indexes()).toEqual([{ valid: false }]);

  expect(await run()).toEqual([IndexNote4102444800003.name]);
  expect(await indexes()).toEqual([{ valid: true }]);
  expect(await run()).toEqual([]);
});

test('R98 I14 a version that was rolled back starts on the schema of the newer one, and its migrate leaves it alone', async () => {
  expect(await migrate(world.databaseUrl)).toEqual([]);
  const ledger = await openLedgerOf(world);
  const { key } = await createTenant(ledger, 'shop');
  await ledger.close();
  const service = await startService({ world });
  const started = await service.call('POST', '/v1/verifications', { key, body: { to: { phone: '+4915112345678' } } });
  expect(started.status).toBe(202);
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  expect(await columns()).toHaveLength(1);
});
