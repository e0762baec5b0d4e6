import { inspect } from 'node:util';
import { createEinmal, type Result } from 'einmal/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FakeVendor, type VendorAnswer } from '../support/fake-vendor.js';

/** Whoever answers in the place of the service: balancers, gateways, another service, one that is younger than the client. */
let somebody: FakeVendor;
const apiKey = 'ek_secret-that-stays-here';
const id = 'ver_UFjgS9m_9TfGdsyKeXhRew';

beforeAll(async () => {
  somebody = await FakeVendor.start();
});
afterAll(() => somebody.stop());
afterEach(() => {
  somebody.requests.length = 0;
});

const client = () => createEinmal({ baseUrl: somebody.url, apiKey });
const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };
const page = '<html><body>Welcome to nginx!</body></html>';
const check = (answer: VendorAnswer) => {
  somebody.answers(answer);
  return client().checkCode(id, { code: '042917' });
};
const approval = { id, status: 'approved', channel: 'sms', token: 'a.b.c' };

test('a check is approved by an approval', async () => {
  const answer = await check({ status: 200, headers: json, body: JSON.stringify(approval) });
  expect(answer).toEqual({ ok: true, data: approval });
  expect(somebody.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST /send/v1/verifications/${id}/checks`,
  ]);
});

test.each<[what: string, answer: VendorAnswer]>([
  ['a page', { status: 200, headers: html, body: page }],
  ['a page that says that it is JSON', { status: 200, headers: json, body: page }],
  ['nothing', { status: 204 }],
  ['null', { status: 200, headers: json, body: 'null' }],
  [
    'a verification that is not approved',
    { status: 200, headers: json, body: JSON.stringify({ ...approval, status: 'pending' }) },
  ],
  ['an approval that is none of HTTP', { status: 402, headers: json, body: JSON.stringify(approval) }],
])('no check is approved by %s', async (_, answer) => {
  expect(await check(answer)).toMatchObject({ ok: false, error: { code: 'unexpected', status: answer.status } });
});

test('a balancer’s page is told as what it is, after it was asked again', async () => {
  expect(await check({ status: 502, headers: html, body: page })).toMatchObject({
    error: { code: 'unexpected', status: 502 },
  });
  expect(somebody.requests).toHaveLength(3);
  expect(new Set(somebody.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
});

test('a refusal that is younger than the client keeps its code, its words and its place in the log', async () => {
  const body = JSON.stringify({ code: 'moon-phase', title: 'Moon', status: 422, detail: 'Wait for the full moon.' });
  const headers = { 'content-type': 'application/problem+json', 'x-request-id': 'request-of-the-service' };
  expect(await check({ status: 422, headers, body })).toEqual({
    ok: false,
    error: {
      ...{ code: 'unexpected', status: 422, problemCode: 'moon-phase', detail: 'Wait for the full moon.' },
      requestId: 'request-of-the-service',
    },
  });
});

test.each([301, 302, 307, 308])(
  'R8 a redirect (%d) is not followed, so the API key goes nowhere else',
  async (status) => {
    const elsewhere = await FakeVendor.start();
    const answer = await check({ status, headers: { location: elsewhere.url } });
    await elsewhere.stop();
    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected', status } });
    expect(elsewhere.requests).toEqual([]);
  },
);

test.each(['..', '../../admin/keys', 'a/b', '', '?x', '%2e%2e'])('an id from a form is no path: %j', async (odd) => {
  somebody.answers({ status: 200, headers: json, body: JSON.stringify(approval) });
  const einmal = client();
  for (const call of [einmal.readVerification(odd), einmal.checkCode(odd, { code: '042917' }), einmal.resendCode(odd)])
    expect(await call).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(somebody.requests).toEqual([]);
});

test('what no header can hold is refused or left out, and nothing is thrown', async () => {
  const answer = await client().checkCode(id, { code: '042917' }, { idempotencyKey: 'schlüssel\n' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
  somebody.answers({ status: 200, headers: json, body: JSON.stringify(approval) });
  expect(await client().readVerification(id, { language: 'de\r\nx: y' })).toMatchObject({ ok: true });
  expect(await client().readVerification(id, { language: 'de-AT, en;q=0.5' })).toMatchObject({ ok: true });
  expect(somebody.requests.map(({ headers }) => headers['accept-language'])).toEqual(['*', 'de-AT, en;q=0.5']);
});

test('R8 no error holds the API key, whatever went wrong', async () => {
  const errors: Result<'checkCode' | 'resendCode'>[] = [await check({ status: 400, headers: json, body: '{}' })];
  // A call that is not repeated: no time is spent on waiting.
  somebody.hangsUp();
  errors.push(await client().resendCode(id));
  somebody.talksNonsense();
  errors.push(await client().resendCode(id));
  const refusing = createEinmal({
    baseUrl: 'http://localhost:9',
    apiKey,
    fetch: () => Promise.reject(new Error(apiKey)),
  });
  errors.push(await refusing.resendCode(id));
  expect(errors.map((answer) => (answer.ok ? '' : answer.error.code))).toEqual([
    ...['unexpected', 'network', 'network', 'network'],
  ]);
  expect(inspect(errors, { depth: 9 })).not.toContain(apiKey);
});
