/**
 * Two messages where one was due: the person's resend, a second click on it at another process, a failing report and the
 * silence after it all want the next step at the same moment (CVE-2026-32053 is the same hole in a webhook receiver).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { actsCounted, MARKS } from '../support/limit-counters.js';
import { newPhone, startLogin, type Login } from '../support/login.js';
import { atOnce, rounds, tally } from '../support/parallel.js';
import { report } from '../support/report.js';
import { passPause, passCooldown, passReportTimeout } from '../support/time-passes.js';

const ROUNDS = 6;

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

/** A login whose SMS was taken and is never reported; the pause before a resend is over. */
async function silentLogin(): Promise<Login> {
  const phone = newPhone('00005');
  const login = await startLogin(deployment, { to: { phone, email: `${phone.slice(1)}@example.org` } });
  await login.code();
  await passCooldown(login);
  return login;
}

/** The steps that were taken, once nothing of them is under way. */
async function stepsOf({ id }: Login): Promise<{ origin: string; status: string }[]> {
  const sql = 'SELECT origin, status, lease_until, step FROM deliveries WHERE message_id = $1 ORDER BY step';
  const steps = () => deployment.database.query<{ origin: string; status: string }>(sql, [id]);
  const underWay = async () => (await steps()).filter(({ status }) => status === 'queued' || status === 'submitting');
  await expect.poll(underWay).toEqual([]);
  return steps();
}

const sendsCounted = () => actsCounted(deployment.redis, MARKS.send, 'recipient:*');

test('R28 ten resends at once on two processes are one message', () =>
  rounds(ROUNDS, async () => {
    const login = await silentLogin();
    const replies = await atOnce(10, (at) => login.resend('sms', { at }));

    const { '202 pending': accepted = 0, '429 cooldown': early = 0 } = tally(replies);
    expect([accepted > 0, accepted + early]).toEqual([true, 10]);
    expect(await stepsOf(login)).toMatchObject([{ origin: 'start' }, { origin: 'resend' }]);
    expect(await login.codes(2)).toHaveLength(2);
  }));

test('R28 resends over three channels at once are one message, and only that one is counted', () =>
  rounds(ROUNDS, async () => {
    const login = await silentLogin();
    const before = await sendsCounted();
    const channels = ['sms', 'voice', 'email'] as const;
    const replies = await atOnce(9, (n) => login.resend(channels[n % 3], { at: n }));

    expect(replies.filter(({ status }) => status === 202).length).toBeGreaterThan(0);
    expect(await stepsOf(login)).toMatchObject([{ origin: 'start' }, { origin: 'resend' }]);
    await expect.poll(async () => (await sendsCounted()) - before).toBe(1);
    await passPause(deployment);
  }));

test('R32 a resend, a failing report and the report timeout at once are one step', () =>
  rounds(ROUNDS, async () => {
    const login = await silentLogin();
    const [message] = await login.messages();
    if (!message) throw new Error('no message');
    const failure = { status: 'failed', cause: 'other' };
    const [resend] = await Promise.all([
      login.resend('email', { at: 1 }),
      report(login, message, failure),
      report(login, message, failure),
      passReportTimeout(login),
    ]);

    expect([202, 429]).toContain(resend.status);
    await expect.poll(() => stepsOf(login)).toHaveLength(2);
    const [, next] = await stepsOf(login);
    expect(['resend', 'fallback']).toContain(next?.origin);
    const sql = 'SELECT step, sends FROM verifications WHERE id = $1';
    expect(await deployment.database.query(sql, [login.id])).toEqual([{ step: 1, sends: 2 }]);
    expect(await login.codes(2)).toHaveLength(2);
  }));
