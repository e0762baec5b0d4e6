/**
 * Sending without end, by asking again: a resend button without a pause bombs a phone and costs money (GitLab !137850,
 * Twilio's 60203). And its other side: a code that comes late, after the person asked again, must still be good.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, newPhone, startLogin, type Login } from '../support/login.js';
import { passCooldown, stateKey } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

const withMailbox = () => {
  const phone = newPhone();
  return { to: { phone, email: `${phone.slice(1)}@example.org` } };
};

/** Resends as often as channels are named, as if every pause had passed. */
async function resendOver(login: Login, ...channels: ('sms' | 'voice' | 'email')[]): Promise<string[]> {
  for (const [n, channel] of channels.entries()) {
    await passCooldown(login, 'tenMinutes');
    expect(await login.resend(channel)).toMatchObject({ status: 202 });
    await login.codes(n + 2);
  }
  return login.codes(channels.length + 1);
}

const secondsFromNow = (instant = '') => (Date.parse(instant) - Date.now()) / 1_000;

describe('R27 codes of one verification', () => {
  test('are all different, the late one is good too, and they share the attempts', async () => {
    const late = await startLogin(deployment);
    const [sms = '', voice = ''] = await resendOver(late, 'voice');
    expect(voice).not.toBe(sms);
    expect((await late.check('000000')).body.attemptsLeft).toBe(4);
    expect(await late.check(sms)).toMatchObject({ status: 200, body: { channel: 'sms' } });
    expect((await late.check(voice)).body.code).toBe('already-approved');

    const called = await startLogin(deployment);
    const [, spoken = ''] = await resendOver(called, 'voice');
    expect(await called.check(spoken)).toMatchObject({ status: 200, body: { channel: 'voice' } });
  });

  test('are three at most: the fourth takes the place of the oldest', async () => {
    const login = await startLogin(deployment, withMailbox());
    const [first = '', second = ''] = await resendOver(login, 'voice', 'email', 'sms');
    const fields = await deployment.redis.hKeys(stateKey(login.id));
    expect(fields.filter((field) => field.startsWith('slot:'))).toHaveLength(3);
    expect((await login.check(first)).body).toMatchObject({ code: 'wrong-code', attemptsLeft: 4 });
    expect((await login.check(second)).status).toBe(200);
  });
});

describe('R28 the pause before a resend', () => {
  test('is what resendAt says, by the real clock', async () => {
    const tenant = await deployment.createTenant('a patient shop');
    const { to } = withMailbox();
    const login = await startLogin(deployment, { to }, { tenant });
    const resendAt = Date.parse(login.started.body.resendAt ?? '');
    expect(Math.abs(secondsFromNow(login.started.body.resendAt) - 30)).toBeLessThan(2);
    const early = await login.resend();
    expect(early).toMatchObject({ status: 429, body: { code: 'cooldown' } });
    expect(Date.now() + Number(early.headers.get('retry-after')) * 1_000).toBeGreaterThanOrEqual(resendAt);
    expect((await login.resend('email')).body.code).toBe('cooldown');
    expect((await callStart(deployment, { to }, { tenant })).body.code).toBe('cooldown');

    await sleep(resendAt - Date.now() - 1_000);
    expect((await login.resend()).body.code).toBe('cooldown');
    await sleep(resendAt - Date.now() + 20);
    expect((await login.resend()).status).toBe(202);
  });

  test('doubles to four minutes, and five sends are all', async () => {
    const login = await startLogin(deployment, withMailbox());
    const pauses: number[] = [];
    for (const channel of ['voice', 'email', 'sms', 'email'] as const) {
      await passCooldown(login, 'tenMinutes');
      const { status, body } = await login.resend(channel);
      expect([status, body.deliveries?.length]).toEqual([202, pauses.length + 2]);
      pauses.push(Math.round(secondsFromNow(body.resendAt)));
    }
    expect(pauses).toEqual([60, 120, 240, 240]);

    await passCooldown(login, 'tenMinutes');
    const sixth = await login.resend();
    expect(sixth).toMatchObject({ status: 429, body: { violatedPolicies: ['verification-sends'] } });
    expect(sixth.headers.get('retry-after')).toBeNull();
    expect(await login.codes(5)).toHaveLength(5);
  });

  test('does not lift the recipient’s own limits', async () => {
    const login = await startLogin(deployment);
    for (const channel of ['voice', 'sms'] as const) {
      await passCooldown(login);
      expect((await login.resend(channel)).status).toBe(202);
    }
    await passCooldown(login);
    const fourth = await login.resend();
    expect(fourth).toMatchObject({ status: 429, body: { violatedPolicies: ['recipient-10-minutes'] } });
    expect(Number(fourth.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(await login.codes(3)).toHaveLength(3);
  });
});

test('R34 a resend goes to the addresses of the start and over its channels, whatever it asks for', async () => {
  const login = await startLogin(deployment, { ...withMailbox(), channels: ['sms', 'email'] });
  await passCooldown(login);
  expect((await login.resend('voice')).body.code).toBe('no-channel');
  const path = `/v1/verifications/${login.id}/resend`;
  const { key } = deployment.tenant;
  for (const body of [
    { to: { phone: newPhone() } },
    { channel: 'pigeon' },
    { channel: ['sms'] },
    { channel: null },
    [],
  ])
    expect((await deployment.service().call('POST', path, { key, body })).status).toBe(400);
  expect(await login.codes(1)).toHaveLength(1);
});
