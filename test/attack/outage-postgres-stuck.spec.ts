/**
 * Postgres accepts connections and answers nothing that matters: somebody has locked a table, or its disk hangs. Every connection of
 * the pool is taken and stays so. The hole this looks for: requests that wait for ever, and a process that never comes back.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { startLogin } from '../support/login.js';
import { atOnce, tally } from '../support/parallel.js';

/** More than twice the pool. */
const READERS = 40;

let deployment: Deployment;
let blocker: pg.Client;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  blocker = new pg.Client({ connectionString: deployment.world.databaseUrl });
  await blocker.connect();
});
afterAll(async () => {
  await blocker.end();
  await deployment.close();
});

test('I12 I18 every connection to Postgres is stuck: 503 in time, health is answered, and all is well when it ends', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  await blocker.query('BEGIN; LOCK TABLE verifications IN ACCESS EXCLUSIVE MODE');

  const reading = atOnce(READERS, () => login.read());
  expect((await deployment.service().call('GET', '/livez')).status).toBe(200);
  const replies = await reading;
  expect(tally(replies)).toEqual({ '503 unavailable': READERS });
  for (const { headers } of replies) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  // A right code costs nothing meanwhile.
  expect(await login.check(code)).toMatchObject({ status: 503, body: { code: 'unavailable' } });

  await blocker.query('ROLLBACK');
  await deployment.service().untilReady();
  expect(tally(await atOnce(READERS, () => login.read()))).toEqual({ '200 pending': READERS });
  expect(await login.check(code)).toMatchObject({ status: 200, body: { status: 'approved' } });
});
