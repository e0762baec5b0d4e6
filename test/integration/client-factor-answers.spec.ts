import { createEinmal, type Einmal } from 'einmal/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FakeVendor, type VendorAnswer } from '../support/fake-vendor.js';

/** Whoever answers in the place of the service when factors are asked about. */
let somebody: FakeVendor;
let einmal: Einmal;
const id = 'fac_W1Yp8vXyS0mUu3d2Zb6qkw';
const json = { 'content-type': 'application/json' };
const subject = 'user-4711';

beforeAll(async () => {
  somebody = await FakeVendor.start();
  einmal = createEinmal({ baseUrl: somebody.url, apiKey: 'ek_secret-that-stays-here' });
});
afterAll(() => somebody.stop());
afterEach(() => {
  somebody.requests.length = 0;
});

/** Of any call. */
type Answered = Promise<{ ok: true; data: unknown } | { ok: false; error: { code: string } }>;
type Asked = [call: string, ask: () => Answered, answer: object, request: string];

const CALLS: Asked[] = [
  ['createFactor', () => einmal.createFactor({ subject }), { id, secret: 'A' }, 'POST /v1/factors'],
  [
    'activateFactor',
    () => einmal.activateFactor(id, { code: '042917' }),
    { id, status: 'active' },
    `POST /v1/factors/${id}/activate`,
  ],
  [
    'checkFactor',
    () => einmal.checkFactor(id, { code: '042917' }),
    { id: 'ver_1', status: 'approved' },
    `POST /v1/factors/${id}/checks`,
  ],
  [
    'createBackupCodes',
    () => einmal.createBackupCodes({ subject }),
    { id, backupCodes: [] },
    'POST /v1/factors/backup-codes',
  ],
  ['searchFactors', () => einmal.searchFactors({ subject }), { factors: [] }, 'POST /v1/factors/search'],
  ['readFactor', () => einmal.readFactor(id), { id }, `GET /v1/factors/${id}`],
  ['renameFactor', () => einmal.renameFactor(id, { label: 'Phone' }), { id }, `PATCH /v1/factors/${id}`],
  ['importFactors', () => einmal.importFactors({ factors: [] }), { results: [] }, 'POST /v1/factors/import'],
  ['eraseFactors', () => einmal.eraseFactors({ subject }), { factors: 2 }, 'POST /v1/factors/erase'],
];

test.each(CALLS)('%s is done by its own answer, and by no other 200', async (_, ask, body, request) => {
  somebody.answers({ status: 200, headers: json, body: JSON.stringify(body) });
  expect(await ask()).toEqual({ ok: true, data: body });
  expect(somebody.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([request.replace(' ', ' /send')]);
  for (const odd of [{}, { status: 'pending' }, null, 'page'])
    expect(await answered(ask, { status: 200, headers: json, body: JSON.stringify(odd) })).toBe('unexpected');
});

test.each<[string, () => Answered, string]>([
  ['removeFactor', () => einmal.removeFactor(id), `DELETE /send/v1/factors/${id}`],
  ['unlockFactor', () => einmal.unlockFactor(id), `POST /send/v1/factors/${id}/unlock`],
])('%s is done by a 204, and by no page', async (_, ask, request) => {
  somebody.answers({ status: 204 });
  expect(await ask()).toEqual({ ok: true, data: undefined });
  expect(somebody.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([request]);
  expect(await answered(ask, { status: 200, headers: json, body: '{}' })).toBe('unexpected');
});

test('what is still pending is neither approved nor active', async () => {
  const pending = { status: 200, headers: json, body: JSON.stringify({ id, status: 'pending' }) };
  expect(await answered(() => einmal.checkFactor(id, { code: '042917' }), pending)).toBe('unexpected');
  expect(await answered(() => einmal.activateFactor(id, { code: '042917' }), pending)).toBe('unexpected');
});

test('R73 the proof goes along as Approval-Token, with a key that makes its repetitions one', async () => {
  somebody.answers({ status: 503, headers: { 'retry-after': '0' } });
  await einmal.removeFactor(id, { approvalToken: 'a.b.c' });
  expect(somebody.requests.map(({ headers }) => headers['approval-token'])).toEqual(['a.b.c', 'a.b.c', 'a.b.c']);
  expect(new Set(somebody.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(await einmal.createFactor({ subject }, { approvalToken: 'two\nlines' })).toMatchObject({
    error: { code: 'invalid-token' },
  });
  expect(somebody.requests).toHaveLength(3);
});

test('a refusal tells whether a proof is needed, and whether a code was right once', async () => {
  const refused = (code: string, more = {}) => ({
    ...{ status: 422, headers: json, body: JSON.stringify({ code, detail: 'Why.', ...more }) },
  });
  expect(await answered(() => einmal.removeFactor(id), refused('factor-proof-needed'))).toBe('factor-proof-needed');
  somebody.answers(refused('wrong-code', { attemptsLeft: 0, reason: 'already-used' }));
  const check = await einmal.checkFactor(id, { code: '042917' });
  expect(check).toMatchObject({ error: { code: 'wrong-code', attemptsLeft: 0, reason: 'already-used' } });
  somebody.answers(refused('wrong-code', { attemptsLeft: 4 }));
  expect(await einmal.checkCode('ver_1', { code: '042917' })).not.toHaveProperty('error.reason');
});

async function answered(ask: () => Answered, answer: VendorAnswer): Promise<string> {
  somebody.answers(answer);
  const result = await ask();
  return result.ok ? 'done' : result.error.code;
}
