/**
 * Numbers that earn somebody money when they are written to: in countries nobody does business in, of kinds nobody reads a code
 * on, or on a list because the attack is known. Who pumps tries other spellings, another process that has not heard yet, and a
 * verification that was begun before the door was shut (ASVS 2.4.1; coss fraud guard; Twilio Geo Permissions).
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment, type Tenant } from '../support/deployment.js';
import type { Reply } from '../support/http-client.js';
import { callStart, newPhone, startLogin, type Answer, type Login } from '../support/login.js';

let deployment: Deployment;
let operator: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  operator = await deployment.createOperatorKey();
});
afterAll(() => deployment.close());

/** R79. */
const EVERYWHERE_WITHIN_MS = 5_000;
const ALL = { sms: 'all', voice: 'all' };

const newTenant = () => deployment.createTenant(`shop-${randomBytes(4).toString('hex')}`);

async function allow(tenant: Tenant, countries: object): Promise<void> {
  const settings = await deployment.service().call('GET', '/v1/admin/settings', { key: tenant.key });
  const headers = { 'if-match': settings.headers.get('etag') ?? '' };
  const change = { key: tenant.key, headers, body: { countries } };
  expect((await deployment.service().call('PUT', '/v1/admin/settings', change)).status).toBe(200);
}

async function list(name: 'block' | 'safe', order: object, key = deployment.tenant.key): Promise<string> {
  const path = `/v1/admin/lists/${name}`;
  const added = await deployment.service().call<{ entries: { id: string }[] }>('POST', path, { key, body: order });
  expect(added.status).toBe(201);
  return added.body.entries[0]?.id ?? '';
}

const refused = (reason: string) => ({ status: 422, body: { code: 'recipient-refused', reason } });

/** Asks the process that was not told, until it refuses. */
async function untilRefused(ask: () => Promise<Reply<Answer>>): Promise<Reply<Answer>> {
  const since = Date.now();
  for (;;) {
    const reply = await ask();
    if (reply.status === 422) return reply;
    expect(Date.now() - since).toBeLessThan(EVERYWHERE_WITHIN_MS);
    await sleep(100);
  }
}

const stepsOf = ({ id }: Login) =>
  deployment.database.query(
    'SELECT channel, origin, status, note FROM deliveries WHERE message_id = $1 AND ended_at IS NOT NULL ORDER BY step',
    [id],
  );

test('R44 a country is closed for SMS and for calls apart, and each refusal says how to open it', async () => {
  const tenant = await newTenant();
  await allow(tenant, { sms: ['AT'], voice: ['DE'] });
  const phone = newPhone();
  const plan = await callStart(deployment, { to: { phone } }, { tenant });
  expect(plan).toMatchObject({ status: 202, body: { channels: ['voice'] } });
  const closed = await callStart(deployment, { to: { phone: newPhone() }, channels: ['sms'] }, { tenant });
  expect(closed).toMatchObject(refused('country-not-allowed'));
  expect(closed.body.detail).toContain('"DE" to countries.sms');
});

test('R44 R45 what each channel was refused for is told where it differs', async () => {
  const tenant = await newTenant();
  await allow(tenant, { sms: ['DE'], voice: [] });
  const shared = await callStart(deployment, { to: { phone: '+491805123456' } }, { tenant });
  expect(shared).toMatchObject({
    ...refused('number-type'),
    body: {
      refusedChannels: [
        { channel: 'sms', reason: 'number-type' },
        { channel: 'voice', reason: 'country-not-allowed' },
      ],
    },
  });
});

test('R45 premium, satellite and numbers of no country are refused in every spelling', async () => {
  for (const phone of ['+49 900 1234567', '0049-900-1234567', '+881 6 12345678', '＋870773111632'])
    expect([phone, await callStart(deployment, { to: { phone } })]).toMatchObject([phone, refused('number-type')]);
  const ofNoCountry = await callStart(deployment, { to: { phone: '(00)979 123456789' } });
  expect(ofNoCountry).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
});

test('R38 a blocked number is blocked in every spelling, on both processes within 5 s; I10 for one application only', async () => {
  const [tenant, other] = await Promise.all([newTenant(), newTenant()]);
  const phone = newPhone();
  await list('block', { kind: 'number', values: [phone] }, tenant.key);
  const spellings = [phone, phone.replace('+', '00'), `${phone.slice(0, 3)} (${phone.slice(3, 6)}) ${phone.slice(6)}`];
  for (const spelling of spellings)
    expect(await callStart(deployment, { to: { phone: spelling } }, { tenant })).toMatchObject(refused('blocked'));
  const elsewhere = await untilRefused(() => callStart(deployment, { to: { phone } }, { tenant, at: 1 }));
  expect(elsewhere).toMatchObject(refused('blocked'));
  expect(await callStart(deployment, { to: { phone } }, { tenant: other })).toMatchObject({ status: 202 });
});

test('R44 a country that is closed while a code is under way is closed for its resend and its fallback, too', async () => {
  const tenant = await newTenant();
  await allow(tenant, ALL);
  // Its SMS is never confirmed, so that a call would follow.
  const login = await startLogin(
    deployment,
    { to: { phone: newPhone('00005') }, channels: ['sms', 'voice'] },
    { tenant },
  );
  await login.code();
  await allow(tenant, { sms: 'all', voice: ['AT'] });
  const start = { to: { phone: newPhone() }, channels: ['voice'] };
  expect(await callStart(deployment, start, { tenant })).toMatchObject(refused('country-not-allowed'));
  await untilRefused(() => callStart(deployment, { ...start, to: { phone: newPhone() } }, { tenant, at: 1 }));

  await deployment.database.query(`UPDATE verifications SET resend_at = now() WHERE id = $1`, [login.id]);
  expect(await login.resend('voice')).toMatchObject(refused('country-not-allowed'));
  await deployment.database.query(`UPDATE deliveries SET due_at = now() WHERE message_id = $1`, [login.id]);
  await expect
    .poll(() => stepsOf(login), { timeout: 10_000 })
    .toMatchObject([
      { channel: 'sms', origin: 'start', status: 'unconfirmed' },
      {
        channel: 'voice',
        origin: 'fallback',
        status: 'canceled',
        note: expect.stringContaining('country-not-allowed') as string,
      },
    ]);
  expect(await login.messages()).toHaveLength(1);
  expect(JSON.stringify((await login.read()).body)).toContain('country-not-allowed');
});

test('a blocked end user’s address can neither start nor guess; the block ends with its time', async () => {
  const ip = '198.51.100.7';
  const login = await startLogin(deployment, { endUser: { ip } });
  const code = await login.code();
  const expiresAt = new Date(Date.now() + 2_500).toISOString();
  await list('block', { kind: 'ip', values: ['198.51.100.0/24'], expiresAt }, operator);
  const start = { to: { phone: newPhone() }, endUser: { ip: '::ffff:198.51.100.8' } };
  expect(await callStart(deployment, start)).toMatchObject(refused('blocked-address'));
  const guess = await login.check(code, {}, { endUser: { ip } });
  expect(guess).toMatchObject({ status: 422, body: { code: 'blocked-address' } });
  expect((await login.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
  const kept = `SELECT verification_id FROM decisions WHERE limit_on = 'check' AND 'blocked-address' = ANY (refused_by)`;
  await expect.poll(async () => (await deployment.database.query(kept)).length, { timeout: 2_500 }).toBe(1);
  await expect
    .poll(async () => (await login.check(code, {}, { endUser: { ip } })).status, { timeout: 5_000 })
    .toBe(200);
});

test('an e-mail domain on the list is refused with its subdomains, whatever the channel was', async () => {
  const tenant = await newTenant();
  await list('block', { kind: 'email-domain', values: ['Throwaway.example'] }, tenant.key);
  const to = { email: 'x+1@MAIL.throwaway.example' };
  expect(await callStart(deployment, { to }, { tenant })).toMatchObject(refused('blocked'));
  // A number beside it is a way that is open.
  const both = await callStart(deployment, { to: { ...to, phone: newPhone() } }, { tenant });
  expect(both).toMatchObject({ status: 202, body: { channels: ['sms', 'voice'] } });
});
