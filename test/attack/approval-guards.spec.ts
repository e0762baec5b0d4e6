/**
 * Somebody who is logged in pays with an approval that is not for this payment: of another application, person or purpose, for
 * another amount, too old, or used before. Each guard refuses it, and refuses everything while nobody can say.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApprovalTokens } from '../../src/tokens/application/ports.js';
import { ClientBench, type Application } from '../support/client-bench.js';
import { expressShop } from '../support/guarded-shops/express-shop.js';
import { fastifyShop } from '../support/guarded-shops/fastify-shop.js';
import { nestShopOnExpress, nestShopOnFastify } from '../support/guarded-shops/nest-shop.js';
import type { Shop } from '../support/guarded-shops/shop.js';
import { call } from '../support/http-client.js';
import { newApproval } from '../support/token-signer.js';

const binding = { amount: '42.00 EUR', payee: 'Fahrradladen' };
const right = { subject: 'ada', purpose: 'payment', binding };
const AGES_AGO = new Date(Date.now() - 121_000);

/** What is signed, what is asked with it, and what comes of it. */
type Attempt = [what: string, token: object | string | null, asked: { user?: string; body?: object }, expected: string];

const ATTEMPTS: Attempt[] = [
  ['no token', null, {}, '401 approval-required'],
  ['an empty token', '', {}, '401 approval-required'],
  ['a right token of nobody who is logged in', right, { user: '' }, '401 approval-required'],
  ['what is no token', 'a.b.c', {}, '401 approval-invalid'],
  ['more than a token', 'A'.repeat(5_000), {}, '401 approval-invalid'],
  ['another application’s token', { ...right, applicationId: 'app_other' }, {}, '401 approval-invalid'],
  ['a token that is too old', { ...right, approvedAt: AGES_AGO }, {}, '401 approval-expired'],
  ['a login’s token', { ...right, purpose: 'login' }, {}, '403 approval-mismatch'],
  ['a token for nothing in particular', { ...right, purpose: null }, {}, '403 approval-mismatch'],
  ['another person’s token', { ...right, subject: 'eve' }, {}, '403 approval-mismatch'],
  ['a token of nobody', { ...right, subject: null }, {}, '403 approval-mismatch'],
  ['a token for no payment', { ...right, binding: null }, {}, '403 approval-mismatch'],
  ['another amount', right, { body: { ...binding, amount: '4200 EUR' } }, '403 approval-mismatch'],
  ['another payee', right, { body: { ...binding, payee: 'Eve' } }, '403 approval-mismatch'],
  ['no payee', right, { body: { amount: binding.amount } }, '403 approval-mismatch'],
  ['an amount that is no text', right, { body: { ...binding, amount: ['42.00 EUR'] } }, '403 approval-mismatch'],
];

let bench: ClientBench;
let application: Application;

beforeAll(async () => {
  bench = await ClientBench.open();
  application = await bench.application();
});
afterAll(() => bench.close());
beforeEach(() => {
  application.network.meets();
});

const sign = (approval: object) =>
  bench.service.app.get(ApprovalTokens).sign(newApproval({ applicationId: bench.tenant.id, ...approval }));

describe.each([
  ['Express', expressShop],
  ['Fastify', fastifyShop],
  ['NestJS on Fastify', nestShopOnFastify],
  ['NestJS on Express', nestShopOnExpress],
])('%s', (_, open) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await open(application.einmal);
  });
  afterAll(() => shop.stop());

  async function pay(token: string | null, { user = 'ada', body = binding }: Attempt[2] = {}) {
    const headers = { 'x-user': user, ...(token !== null && { 'approval-token': token }) };
    const reply = await call<{ code?: string }>('POST', `${shop.url}/payments`, { body, headers });
    return { ...reply, outcome: `${String(reply.status)} ${reply.body.code ?? 'paid'}` };
  }

  test.each(ATTEMPTS)('R23 R75 refuses %s', async (_what, token, asked, expected) => {
    const { outcome, headers, body } = await pay(typeof token === 'object' && token ? await sign(token) : token, asked);
    expect(outcome).toBe(expected);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('www-authenticate')).toBe(outcome.startsWith('401') ? 'Approval-Token' : null);
    expect(body).toMatchObject({ status: Number(outcome.slice(0, 3)), purpose: 'payment' });
  });

  test('R75 lets an approval in once, and the route knows whose it was', async () => {
    const token = await sign(right);
    const first = await pay(token);
    expect(first).toMatchObject({
      status: 200,
      body: { subject: 'ada', tokenId: expect.stringMatching(/^tok_/) as string },
    });
    expect((await pay(token)).outcome).toBe('401 approval-used');
  });

  test('lets nobody in while nobody can say, and the approval afterwards', async () => {
    const token = await sign(right);
    for (const [status, retryAfter] of [
      [500, '1'],
      [503, '30'],
    ] as const) {
      application.network.meets({ status, headers: { 'retry-after': retryAfter } });
      const { outcome, headers } = await pay(token);
      expect(outcome).toBe('503 approval-unavailable');
      expect(headers.get('retry-after')).toBe(retryAfter);
    }
    expect((await pay(token)).outcome).toBe('200 paid');
  });
});
