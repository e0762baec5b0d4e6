/**
 * A genuine token is shown for something else than was approved: by another application, for another person, purpose or
 * payment. It is refused and stays good where it belongs, or a refusal would be a way to spend other people's approvals.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApprovalTokens } from '../../src/tokens/application/ports.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { newApproval } from '../support/token-signer.js';
import { WholeService } from '../support/whole-service.js';

type Tenant = Awaited<ReturnType<WholeService['tenant']>>;

let store: TestDatabase;
let service: WholeService;
let shop: Tenant;
let bank: Tenant;

beforeAll(async () => {
  store = await openTestDatabase();
  service = await WholeService.start(store.database);
  [shop, bank] = [await service.tenant('shop'), await service.tenant('bank')];
});
afterAll(async () => {
  await service.close();
  await store.close();
});

const binding = { amount: '10.00 EUR', payee: 'Shop' };
const context = { subject: 'user-1', purpose: 'transfer', binding };
const { subject, purpose } = context;

const tokenFor = (over: object) =>
  service.app.get(ApprovalTokens).sign(newApproval({ applicationId: shop.id, ...over }));

async function consume(payload: object | string, { key } = shop) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const reply = await service.app.inject({ method: 'POST', url: '/v1/tokens/consume', headers, payload });
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
}

const MISMATCHES: [what: string, wanted: object, mismatched: string[]][] = [
  ['nothing', {}, ['subject', 'purpose', 'binding']],
  ['no subject', { purpose, binding }, ['subject']],
  ['no purpose', { subject, binding }, ['purpose']],
  ['no payment', { subject, purpose }, ['binding']],
  ['another person', { ...context, subject: 'user-2' }, ['subject']],
  ['another purpose', { ...context, purpose: 'login' }, ['purpose']],
  ['another amount', { ...context, binding: { ...binding, amount: '10.0 EUR' } }, ['binding']],
  ['another payee', { ...context, binding: { ...binding, payee: 'Shop ' } }, ['binding']],
  ['purpose and person swapped', { binding, subject: purpose, purpose: subject }, ['subject', 'purpose']],
];

test('R23 R75 for something else a token is refused, and is still good for what it was issued for', async () => {
  const token = await tokenFor(context);
  for (const [what, wanted, mismatched] of MISMATCHES) {
    const { status, body } = await consume({ token, ...wanted });
    expect({ what, status, ...body }).toMatchObject({ what, status: 422, code: 'token-mismatch', mismatched });
  }
  expect(await consume({ token, ...context })).toMatchObject({ status: 200, body: { subject, purpose } });
});

test('R23 a token for nothing in particular is good for nothing in particular', async () => {
  const token = await tokenFor({});
  for (const [name, value] of Object.entries(context)) {
    const refused = { status: 422, body: { code: 'token-mismatch', mismatched: [name] } };
    expect(await consume({ token, [name]: value })).toMatchObject(refused);
  }
  expect(await consume({ token })).toMatchObject({ status: 200, body: { subject: null, purpose: null } });
});

test('R75 R78 another application can not consume it, and does not spend it by trying', async () => {
  const token = await tokenFor({});
  const refused = { status: 422, body: { code: 'invalid-token', reason: 'other-application' } };
  expect(await consume({ token }, bank)).toMatchObject(refused);
  expect(await consume({ token })).toMatchObject({ status: 200 });
});

test('R75 an operator’s key and one that may only read consume nothing', async () => {
  const token = await tokenFor({});
  const reader = await service.tenant('reader', ['read', 'admin']);
  for (const key of [await service.operatorKey(), reader.key])
    expect(await consume({ token }, { id: '', key })).toMatchObject({ status: 403 });
  expect(await consume({ token })).toMatchObject({ status: 200 });
});

test.each([
  ['a number', 1],
  ['null', null],
  ['a list', ['a.b.c']],
  ['an object', { token: 'a.b.c' }],
  ['nothing at all', undefined],
])('R74 %s is no token', async (_, token) => {
  expect(await consume({ token })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
});

test('R74 whatever text a stranger sent as a token gets the answer that says so, and what is huge is not looked at', async () => {
  const invalid = { status: 422, body: { code: 'invalid-token', reason: 'not-an-approval-token' } };
  for (const token of ['', '.', '..', 'null', 'ek_secret', '\u0000', 'é'.repeat(50), 'A'.repeat(15_000)])
    expect(await consume({ token })).toMatchObject(invalid);
  expect(await consume({ token: 'A'.repeat(20_000) })).toMatchObject({ status: 413 });
  expect(await consume({ token: 'a.b.c', verification: 'ver_1' })).toMatchObject({ status: 400 });
});
