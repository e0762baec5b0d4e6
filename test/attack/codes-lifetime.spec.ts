/** Codes that outlive their time because the store had not yet thrown them away (NIST SP 800-63B: ten minutes at most). */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { startLogin } from '../support/login.js';
import { stateKey } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

test('R4 a code is refused from its end on, and told as expired within 10 s', async () => {
  const [used, kept] = await Promise.all([
    startLogin(deployment, { ttlSeconds: 10 }),
    startLogin(deployment, { ttlSeconds: 10 }),
  ]);
  const code = await kept.code();
  const end = Date.parse(kept.started.body.expiresAt ?? '');
  expect(Math.abs(end - Date.now() - 10_000)).toBeLessThan(3_000);
  await sleep(end - Date.now() - 1_500);
  expect((await used.check(await used.code())).status).toBe(200);

  await sleep(end - Date.now() + 1);
  const late = await kept.check(code);
  expect(late).toMatchObject({ status: 410, body: { code: 'expired' } });
  expect(late.headers.get('retry-after')).toBeNull();
  expect((await kept.read()).body.status).toBe('expired');

  const events = `SELECT 1 FROM events WHERE verification_id = $1 AND type = 'verification.expired'`;
  const told = () => deployment.database.query(events, [kept.id]);
  await expect.poll(told, { timeout: 10_000 }).toHaveLength(1);
  expect((await kept.check(code)).body.code).toBe('expired');
});

test('R4 the end that is stored counts, not whether the digest is still there', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  const state = stateKey(login.id);
  await deployment.redis.hSet(state, 'ends', String(Date.now()));

  expect((await login.check(code)).body.code).toBe('expired');
  const { status, ...fields } = await deployment.redis.hGetAll(state);
  expect(status).toBe('pending');
  expect(Object.keys(fields).filter((field) => field.startsWith('slot:'))).toHaveLength(1);
});

test('R4 nothing is approved after the end that Postgres knows, whatever Redis says', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  await deployment.database.query('UPDATE verifications SET expires_at = now() WHERE id = $1', [login.id]);

  expect((await login.check(code)).body.code).toBe('expired');
  expect((await login.read()).body.status).toBe('expired');
});
