/**
 * A verification that is over and still answers: codes approved twice (better-auth#3253), a lock that one path enforces and
 * another forgets (CVE-2026-9798 and its incomplete fix CVE-2026-16103), reports that make an ended login send again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { newPhone, startLogin, wrong, type Login } from '../support/login.js';
import { report } from '../support/report.js';
import { passCooldown, passLife, passReportTimeout, stateKey } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

interface Ending {
  status: string;
  end: (login: Login, code: string) => Promise<unknown>;
  refusal: { status: number; body: { code: string; verificationStatus: string } };
}

const useUpAttempts = async (login: Login, code: string) => {
  for (let n = 1; n <= 5; n += 1) await login.check(wrong(code, n), { at: n });
};

const ENDINGS: Ending[] = [
  ending('approved', 410, 'already-approved', (login, code) => login.check(code)),
  ending('failed', 429, 'attempts-used-up', useUpAttempts),
  ending('expired', 410, 'expired', passLife),
  ending('canceled', 410, 'canceled', (login) => login.cancel()),
];

function ending(status: string, http: number, code: string, end: Ending['end']): Ending {
  return { status, end, refusal: { status: http, body: { code, verificationStatus: status } } };
}

/** A login whose SMS was sent and is not reported: everything after it still could happen. */
async function endedLogin({ end }: Ending): Promise<{ login: Login; code: string }> {
  const login = await startLogin(deployment, { to: { phone: newPhone('00005'), email: `${newPhone()}@example.org` } });
  const code = await login.code();
  await end(login, code);
  await passCooldown(login);
  return { login, code };
}

const deliveriesOf = async ({ id }: Login) => {
  const sql = 'SELECT status, due_at IS NULL AS done FROM deliveries WHERE message_id = $1 ORDER BY step';
  return deployment.database.query(sql, [id]);
};

test.each(ENDINGS)('R22 once $status, no call gets further, on any process', async (how) => {
  const { login, code } = await endedLogin(how);
  for (const at of [0, 1]) {
    expect(await login.check(code, { at })).toMatchObject(how.refusal);
    expect(await login.check(wrong(code, 9), { at })).toMatchObject(how.refusal);
    expect(await login.check(code, { at, idempotencyKey: 'mint-me-a-token' })).toMatchObject(how.refusal);
    expect(await login.resend(undefined, { at })).toMatchObject(how.refusal);
    expect(await login.resend('email', { at })).toMatchObject(how.refusal);
    const again = await login.cancel({ at });
    expect(again).toMatchObject(how.status === 'canceled' ? { status: 200 } : how.refusal);
    expect((await login.read({ at })).body.status).toBe(how.status);
  }
  const retryAfter = (await login.check(code)).headers.get('retry-after');
  expect(retryAfter).toBeNull();
  expect(await login.messages()).toHaveLength(1);
});

test.each(ENDINGS)('R33 once $status, neither a failing report nor silence sends anything', async (how) => {
  const { login } = await endedLogin(how);
  const [message] = await login.messages();
  if (!message) throw new Error('no message');
  expect((await report(login, message, { status: 'failed', cause: 'other' })).status).toBe(200);
  await passReportTimeout(login);
  await expect.poll(() => deliveriesOf(login)).toEqual([{ status: 'failed', done: true }]);
  expect((await report(login, message, { status: 'delivered' })).status).toBe(200);
  await sleep(200);
  expect(await deliveriesOf(login)).toEqual([{ status: 'failed', done: true }]);
  expect(await login.messages()).toHaveLength(1);
});

test.each(ENDINGS)('R15 once $status, one event told it, and no digest is left to compare with', async (how) => {
  const { login, code } = await endedLogin(how);
  await login.check(code);
  const events = () =>
    deployment.database.query('SELECT type FROM events WHERE verification_id = $1 ORDER BY id', [login.id]);
  const told = [{ type: 'verification.started' }, { type: `verification.${how.status}` }];
  await expect.poll(events, { timeout: 10_000 }).toEqual(told);
  const fields = () => deployment.redis.hKeys(stateKey(login.id));
  await expect.poll(async () => (await fields()).filter((name) => name.startsWith('slot'))).toEqual([]);
});
