import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CALLS } from '../../src/client/api.js';
import { ANYWHERE } from '../../src/client/calls/carried.js';
import type { Einmal } from '../../src/client/client.js';
import { ClientBench } from '../support/client-bench.js';
import { expressLogin } from '../support/documented-logins/express-login.js';
import { fastifyLogin } from '../support/documented-logins/fastify-login.js';
import { LOGIN_CALLS, USER, type DocumentedLogin } from '../support/documented-logins/login.js';
import { nestLogin } from '../support/documented-logins/nest-login.js';
import { call } from '../support/http-client.js';
import { newPhone, wrong } from '../support/login.js';
import { oathCode } from '../support/oathtool.js';
import { runCode, sectionOf } from '../support/page-code.js';

/** docs/login-flow.md as somebody would follow it: its code in front of the real service, and a visitor who logs in. */
const PAGE = 'login-flow.md';
let bench: ClientBench;

beforeAll(async () => {
  bench = await ClientBench.open();
  vi.stubEnv('EINMAL_URL', await bench.service.app.getUrl());
  vi.stubEnv('EINMAL_API_KEY', bench.tenant.key);
  await bench.changeSettings({ plan: ['totp', 'sms', 'voice', 'email'] });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bench.close();
});

const post = <Body = { token: string }>(url: string, body?: unknown, headers?: Record<string, string>) =>
  call<Body>('POST', url, { ...(body !== undefined && { body }), ...(headers && { headers }) });

describe.each([
  ['Express', expressLogin],
  ['Fastify', fastifyLogin],
  ['NestJS', nestLogin],
])('the code for %s', (_, open) => {
  let shop: DocumentedLogin;

  beforeAll(async () => {
    const id = randomUUID();
    Object.assign(USER, { id, phone: newPhone(), email: `${id}@shop.example` });
    shop = await open(PAGE);
  });
  afterAll(() => shop.stop());

  test('is in the way of no other route of the shop', async () => {
    expect(await call('GET', `${shop.url}/goods`)).toMatchObject({ status: 200, body: [] });
  });

  test('asks for a code, takes the right one once, and knows nobody before it', async () => {
    const [guess, resend] = [`${shop.url}/login/code`, `${shop.url}/login/resend`];
    expect(await post(guess, { code: '123456' })).toMatchObject({ status: 401, body: { code: 'password-first' } });
    const login = await post(`${shop.url}/login`);
    expect(login).toMatchObject({ status: 202, body: { attemptsLeft: 5, deliveries: [{ channel: 'sms' }] } });
    expect(shop.session.userId).toBeUndefined();

    const code = await bench.codeFor(USER.phone ?? '');
    const wrongly = await post(guess, { code: wrong(code) });
    expect(wrongly).toMatchObject({ status: 422, body: { code: 'wrong-code', attemptsLeft: 4 } });
    expect(await post(guess, {})).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    const tooSoon = await post<{ retryAfterSeconds: number }>(resend, { channel: 'email' });
    expect(tooSoon).toMatchObject({ status: 429, body: { code: 'cooldown' } });
    expect(tooSoon.body.retryAfterSeconds).toBeGreaterThan(20);
    expect(shop.session.userId).toBeUndefined();

    const rightly = await post(guess, { code });
    expect(rightly.status).toBe(200);
    expect(rightly.body.token).toMatch(/^ey/);
    expect(shop.session).toEqual({ userId: USER.id });
    expect(await post(guess, { code })).toMatchObject({ status: 401 });
  });

  test('asks whoever has an app for its code, sends nothing, and takes each once', async () => {
    const app = await bench.authenticator(USER.id);
    const code = await oathCode(app);
    const login = await post(`${shop.url}/login`);
    expect(login).toMatchObject({ status: 202, body: { channels: ['totp', 'sms', 'voice', 'email'], deliveries: [] } });
    const guess = (channel?: string) => post(`${shop.url}/login/code`, { code, channel });
    expect(await guess()).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    expect(await guess('totp')).toMatchObject({ status: 200 });

    await post(`${shop.url}/login`);
    const usedBefore = { code: 'wrong-code', reason: 'already-used', attemptsLeft: 4 };
    expect(await guess('totp')).toMatchObject({ status: 422, body: usedBefore });
    expect(await post(`${shop.url}/login/resend`, { channel: 'email' })).toMatchObject({
      ...{ status: 202, body: { deliveries: [{ channel: 'email' }] } },
    });
  });

  test('knows whoever has an app, and neither phone nor address', async () => {
    Object.assign(USER, { id: randomUUID(), phone: undefined, email: undefined });
    const app = await bench.authenticator(USER.id);
    const factors = [{ channel: 'totp', lockedUntil: null }];
    expect(await post(`${shop.url}/login`)).toMatchObject({
      ...{ status: 202, body: { channels: ['totp'], factors, deliveries: [] } },
    });
    const guess = { code: await oathCode(app), channel: 'totp' };
    expect(await post(`${shop.url}/login/code`, guess)).toMatchObject({ status: 200 });
    expect(shop.session.userId).toBe(USER.id);
  });
});

interface StepUp {
  startTransfer: (user: object, request: { session: object; body: object }) => Promise<unknown>;
  checkTransfer: (request: { session: object; body: object }) => ReturnType<Einmal['checkCode']>;
}

test('a transfer takes an approval of exactly this transfer, once', async () => {
  const shop = await expressLogin(PAGE);
  const [phone, subject] = [newPhone(), 'user-4712'];
  shop.session.userId = subject;
  const { startTransfer, checkTransfer } = await runCode<StepUp>(PAGE, 'Step-up: a route that needs a fresh approval');
  const [session, ordered] = [{}, { amount: '12.50 EUR', payee: 'ACME' }];
  await startTransfer({ id: subject, phone }, { session, body: ordered });
  const check = await checkTransfer({ session, body: { code: await bench.codeFor(phone) } });
  const headers = { 'approval-token': check.ok ? check.data.token : '' };
  const transfer = (binding: object) => post(`${shop.url}/transfer`, binding, headers);

  expect((await transfer({ ...ordered, payee: 'EVIL' })).status).toBe(403);
  expect(await transfer(ordered)).toMatchObject({ status: 200, body: { channel: 'sms' } });
  expect(await transfer(ordered)).toMatchObject({ status: 401, body: { code: 'approval-used' } });
  await shop.stop();
});

test('plain fetch: two requests, and approved is what 200 says', async () => {
  interface Code {
    start: (user: object, ip: string) => Promise<{ started: boolean; id: string }>;
    check: (pending: { id: string; userId: string }, typed: object, ip: string) => Promise<{ approved: boolean }>;
  }
  const { start, check } = await runCode<Code>(PAGE, 'Plain fetch');
  const phone = newPhone();
  const { started, id } = await start({ id: 'user-4713', phone }, '192.0.2.7');
  expect(started).toBe(true);
  const code = await bench.codeFor(phone);
  const pending = { id, userId: 'user-4713' };
  expect(await check(pending, { code: wrong(code) }, '192.0.2.7')).toMatchObject({
    approved: false,
    code: 'wrong-code',
  });
  expect(await check({ id, userId: 'somebody' }, { code }, '192.0.2.7')).toMatchObject({ approved: false });
  expect(await check(pending, { code }, '192.0.2.7')).toMatchObject({ approved: true, status: 'approved' });

  const app = await bench.authenticator('user-4714');
  const byApp = await start({ id: 'user-4714' }, '192.0.2.7');
  const typed = { code: await oathCode(app), channel: 'totp' };
  expect(await check({ id: byApp.id, userId: 'user-4714' }, typed, '192.0.2.7')).toMatchObject({ approved: true });
});

test('the table of errors has every code of the login’s calls, and no other', async () => {
  const section = await sectionOf(PAGE, 'What to do on each error');
  const told = [...section.matchAll(/^\| `([a-z-]+)` /gm)].map(([, code]) => code);
  const ofTheClient = ['network', 'timeout', 'aborted', 'unexpected'];
  const codes = new Set<string>([...LOGIN_CALLS.flatMap((name) => CALLS[name].codes), ...ANYWHERE, ...ofTheClient]);
  expect(told.toSorted()).toEqual([...codes].toSorted());
});
