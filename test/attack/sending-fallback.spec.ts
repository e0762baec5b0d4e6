/**
 * A fallback that an attacker steers: one that goes to an address out of the report, never ends because each failure starts
 * the next, or is a way around the limits of the number it started from (ASVS 2.4.1, NIST SP 800-63B 3.1.3.3).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { newPhone, startLogin, type Login } from '../support/login.js';
import { report } from '../support/report.js';
import { passPause, passCooldown } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

const stepsOf = ({ id }: Login) =>
  deployment.database.query(
    'SELECT channel, origin, status FROM deliveries WHERE message_id = $1 AND ended_at IS NOT NULL ORDER BY step',
    [id],
  );

test('R35 channels are switched twice at most, and a resend after that switches no more', async () => {
  const to = { phone: newPhone('00051'), email: `bounce-${newPhone().slice(1)}@example.org` };
  const login = await startLogin(deployment, { to, channels: ['voice', 'email', 'sms'] });
  const switched = [
    { channel: 'voice', origin: 'start', status: 'failed' },
    { channel: 'email', origin: 'fallback', status: 'failed' },
    { channel: 'sms', origin: 'fallback', status: 'delivered' },
  ];
  await expect.poll(() => stepsOf(login), { timeout: 10_000 }).toEqual(switched);

  await passCooldown(login, 'tenMinutes');
  expect((await login.resend('voice')).status).toBe(202);
  const bounced = { channel: 'voice', origin: 'resend', status: 'failed' };
  await expect.poll(() => stepsOf(login), { timeout: 10_000 }).toEqual([...switched, bounced]);
  await sleep(300);
  expect(await login.messages()).toHaveLength(4);
});

test('R35 a fallback obeys the windows of the number: the call is skipped, the mail goes out', async () => {
  const phone = newPhone('00002');
  const email = `${phone.slice(1)}@example.org`;
  for (let n = 0; n < 2; n += 1) {
    await startLogin(deployment, { to: { phone }, channels: ['sms'] });
    await passPause(deployment);
  }
  const login = await startLogin(deployment, { to: { phone, email } });
  await expect
    .poll(() => stepsOf(login), { timeout: 10_000 })
    .toEqual([
      { channel: 'sms', origin: 'start', status: 'failed' },
      { channel: 'voice', origin: 'fallback', status: 'canceled' },
      { channel: 'email', origin: 'fallback', status: 'delivered' },
    ]);
  expect((await login.messages()).map(({ channel }) => channel)).toEqual(['sms', 'email']);
});

test('R34 a fallback goes to the addresses of the start, whatever the report says', async () => {
  const to = { phone: newPhone('00005'), email: `${newPhone().slice(1)}@example.org` };
  const login = await startLogin(deployment, { to, channels: ['sms', 'email'] });
  await login.code();
  const [message] = await login.messages();
  if (!message) throw new Error('no message');
  const elsewhere = { to: newPhone(), email: 'eve@example.org', channel: 'voice', reportUrl: 'http://example.org' };
  await report(login, message, { status: 'failed', cause: 'landline', ...elsewhere });

  await login.codes(2);
  expect((await login.messages()).map((sent) => sent.to)).toEqual([to.phone, to.email]);
});
