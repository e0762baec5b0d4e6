import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../src/audit/verify-chain.js';
import { newPhone } from '../support/login.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WholeService } from '../support/whole-service.js';

let store: TestDatabase;
let service: WholeService;
let operator: string;

/** The whole service in this process, with its counters in memory. */
beforeAll(async () => {
  store = await openTestDatabase();
  service = await WholeService.start(store.database);
  operator = await service.operatorKey();
});
afterAll(async () => {
  await service.close();
  await store.close();
});

interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

interface Asked {
  key?: string;
  body?: object;
  ifMatch?: string | undefined;
  idempotencyKey?: string;
}

async function call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, asked: Asked = {}): Promise<Answer> {
  const { key = operator, body, ifMatch, idempotencyKey } = asked;
  const headers = {
    authorization: `Bearer ${key}`,
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  const reply = await service.app.inject({ method, url, headers, ...(body && { payload: body }) });
  const { etag } = reply.headers as { etag?: string };
  return { status: reply.statusCode, etag, body: reply.body === '' ? {} : reply.json() };
}

const tag = async () => (await call('GET', '/v1/admin/prices')).etag;
const setPrices = async (prices: object[], currency = 'EUR', ifMatch?: string) =>
  call('PUT', '/v1/admin/prices', { body: { currency, prices }, ifMatch: ifMatch ?? (await tag()) });
const sms = (amount: string, of: object = {}) => ({ channel: 'sms', ...of, amount });

async function removeAll(): Promise<void> {
  const { body } = await call('GET', '/v1/admin/prices');
  for (const { id } of body['prices'] as { id: string }[])
    await call('DELETE', `/v1/admin/prices/${encodeURIComponent(id)}`, { ifMatch: await tag() });
}

let applications = 0;

async function tenant(spend?: object): Promise<{ id: string; key: string }> {
  applications += 1;
  const { id, key } = await service.tenant(`shop ${String(applications)}`);
  if (spend) await setSpend(key, spend);
  return { id, key };
}

async function setSpend(key: string, spend: object): Promise<void> {
  const { body, etag } = await call('GET', '/v1/admin/settings', { key });
  const settings = { ...(body['settings'] as object), spend };
  const saved = await call('PUT', '/v1/admin/settings', { key, ifMatch: etag, body: settings });
  expect(saved).toMatchObject({ status: 200, body: { effective: { spend } } });
}

const start = (key: string, to: object = { phone: newPhone() }) =>
  call('POST', '/v1/verifications', { key, body: { to } });

/** Nobody waits for an event, so this does. */
async function alertsOf(id: string, count: number): Promise<unknown[]> {
  const sql = `SELECT payload FROM events WHERE application_id = $1 AND type = 'spend.reached' ORDER BY id`;
  for (let tries = 0; ; tries += 1) {
    const rows = await store.database.query<{ payload: unknown }>(sql, [id]);
    if (rows.length >= count || tries === 100) return rows.map(({ payload }) => payload);
    await sleep(10);
  }
}

describe('R48 the price table', () => {
  test('is changed as a whole: all that is named, or nothing, from the version that was read', async () => {
    const before = await call('GET', '/v1/admin/prices');
    const changed = await setPrices([sms('0.075', { country: 'DE' }), sms('0.1')]);

    expect([changed.status, changed.etag]).toEqual([200, `"${String(Number(before.body['version']) + 1)}"`]);
    expect((await setPrices([sms('9')], 'EUR', before.etag)).body).toMatchObject({ code: 'version-mismatch' });
    expect((await setPrices([sms('9'), sms('-1', { country: 'AT' })])).status).toBe(400);
    expect((await call('PUT', '/v1/admin/prices', { body: { currency: 'EUR', prices: [sms('9')] } })).status).toBe(428);
    expect((await call('GET', '/v1/admin/prices')).body).toMatchObject({
      currency: 'EUR',
      prices: [
        { id: 'sms:*:*:*', channel: 'sms', country: null, prefix: null, provider: null, amount: '0.10' },
        { id: 'sms:DE:*:*', channel: 'sms', country: 'DE', prefix: null, provider: null, amount: '0.075' },
      ],
    });
  });

  test('said again is the same table; what is not named stays', async () => {
    await setPrices([sms('0.2', { country: 'AT' })]);
    await setPrices([sms('0.2', { country: 'AT' })]);
    const { body } = await call('GET', '/v1/admin/prices');

    expect((body['prices'] as object[]).length).toBe(3);
  });

  test.each([
    { prices: [] },
    { currency: 'EURO' },
    { prices: [sms('0.1'), sms('0.2')] },
    { prices: [sms('0.1', { country: 'XX' })] },
    { prices: [sms('0.1', { prefix: '4915' })] },
    { prices: [sms('0.1', { unit: 'segment' })] },
    { prices: [{ channel: 'email', country: 'DE', amount: '0' }] },
    { prices: [{ channel: 'sms', amount: 0.1 }] },
    { prices: [sms('1000.000001')] },
  ])('does not take %j', async (wrong) => {
    const ifMatch = await tag();
    const body = { currency: 'EUR', prices: [sms('0.1')], ...wrong };

    expect((await call('PUT', '/v1/admin/prices', { ifMatch, body })).body).toMatchObject({ code: 'invalid-request' });
    expect(await tag()).toBe(ifMatch);
  });

  test('has one currency; another one begins with an empty table', async () => {
    expect((await setPrices([sms('0.1')], 'USD')).body).toMatchObject({ code: 'other-currency', currency: 'EUR' });
    await removeAll();

    expect((await setPrices([sms('0.1')], 'USD')).body).toMatchObject({ currency: 'USD' });
    await removeAll();
    expect((await setPrices([sms('0.1')], 'EUR')).body).toMatchObject({ currency: 'EUR' });
  });

  test('is read in pages', async () => {
    await setPrices(['DE', 'AT', 'CH'].map((country) => sms('0.3', { country })));
    const seen: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await call('GET', `/v1/admin/prices?limit=2${query}`);
      const { prices, nextCursor } = body as { prices: { id: string }[]; nextCursor?: string };
      seen.push(...prices.map(({ id }) => id));
      cursor = nextCursor;
    }

    expect(seen.length).toBe(4);
    expect(new Set(seen).size).toBe(4);
  });

  test('is an operator’s; an application’s administrator reads it', async () => {
    const { key } = await tenant();
    const ifMatch = await tag();

    expect((await call('GET', '/v1/admin/prices', { key })).status).toBe(200);
    const change = { currency: 'EUR', prices: [sms('0')] };
    expect((await call('PUT', '/v1/admin/prices', { key, ifMatch, body: change })).status).toBe(403);
    expect((await call('DELETE', '/v1/admin/prices/sms:*:*:*', { key, ifMatch })).status).toBe(403);
    expect((await call('DELETE', '/v1/admin/prices/sms:FR:*:*', { ifMatch })).status).toBe(404);
  });

  test('R91 leaves what it was and what it is in the audit log', async () => {
    await setPrices([sms('0.4', { country: 'DE' })]);
    const [entry] = await store.database.query<{ details: unknown }>(
      `SELECT details FROM audit_log WHERE action = 'prices.changed' ORDER BY seq DESC LIMIT 1`,
    );

    expect(entry?.details).toMatchObject({
      before: [{ id: 'sms:DE:*:*', micros: 300_000 }],
      after: [{ channel: 'sms', country: 'DE', micros: 400_000 }],
    });
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'intact' });
  });
});

describe('R48 a cap', () => {
  const outcomes = async (key: string, count: number) => {
    const answers = [];
    for (let n = 0; n < count; n += 1) answers.push((await start(key)).status);
    return answers;
  };

  beforeAll(async () => {
    await removeAll();
    await setPrices([sms('0.3'), sms('0.2', { country: 'DE' })]);
  });

  test('is never passed by one millionth, and what does not fit is refused until there is room', async () => {
    const { id, key } = await tenant({ mode: 'enforce', perDay: '0.999999' });

    expect(await outcomes(key, 4)).toEqual([202, 202, 202, 202]);
    const refused = await start(key);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited', violatedPolicies: ['spend-day'] } });
    expect(refused.body['retryAfterSeconds']).toBeGreaterThan(23 * 3_600);
    const sent = await store.database.query('SELECT FROM deliveries WHERE application_id = $1', [id]);
    expect(sent.length).toBe(4);
    expect((await alertsOf(id, 3)).map((alert) => (alert as { percent: number }).percent)).toEqual([50, 80, 100]);
  });

  test('tells at 50, 80 and 100 percent, each once', async () => {
    const { id, key } = await tenant({ mode: 'enforce', perDay: '1.00', perHour: '1.00' });
    await outcomes(key, 8);
    const alerts = await alertsOf(id, 6);
    const about = { cap: '1.00', currency: 'EUR', mode: 'enforce' };
    const told = (window: string) => [
      { ...about, window, percent: 50, used: '0.60' },
      { ...about, window, percent: 80, used: '0.80' },
      { ...about, window, percent: 100, used: '1.00' },
    ];

    expect(alerts.length).toBe(6);
    for (const window of ['day', 'hour'])
      expect(alerts.filter((alert) => (alert as { window: string }).window === window)).toEqual(told(window));
  });

  test('in shadow mode tells and lets pass', async () => {
    const { id, key } = await tenant({ mode: 'shadow', perDay: '0.40' });

    expect(await outcomes(key, 4)).toEqual([202, 202, 202, 202]);
    expect((await alertsOf(id, 3)).map((alert) => (alert as { percent: number }).percent)).toEqual([50, 80, 100]);
  });

  test('refuses what has no price; where only the country has none, the dearest of the channel counts', async () => {
    const { id, key } = await tenant({ mode: 'enforce', perDay: '50' });
    const email = { email: 'somebody@example.org' };

    expect((await start(key, email)).body).toMatchObject({ code: 'no-price' });
    expect((await start(key, { phone: '+43664123456' })).status).toBe(202);
    const spend = await call('GET', `/v1/admin/applications/${id}/spend`);
    expect(spend.body['last24Hours']).toMatchObject([{ country: 'AT', amount: '0.30', unpriced: 0 }]);
    await setPrices([{ channel: 'email', amount: '0' }]);
    expect((await start(key, email)).status).toBe(202);
  });

  test('that is raised, or a price that falls, holds for the very next send', async () => {
    const { key } = await tenant({ mode: 'enforce', perDay: '0.20' });
    expect(await outcomes(key, 2)).toEqual([202, 429]);
    await setSpend(key, { mode: 'enforce', perDay: '0.40' });
    expect(await outcomes(key, 2)).toEqual([202, 429]);
    await setSpend(key, { mode: 'enforce', perDay: '0.41' });
    await setPrices([sms('0.01', { country: 'DE' })]);

    expect(await outcomes(key, 2)).toEqual([202, 429]);
    await setPrices([sms('0.2', { country: 'DE' })]);
  });

  test('is not used up by what was refused, nor by what was counted and then not accepted', async () => {
    const { key } = await tenant({ mode: 'enforce', perDay: '0.60' });
    const once = () => ({ key, idempotencyKey: 'one', body: { to: { phone: newPhone() } } });
    expect((await call('POST', '/v1/verifications', once())).status).toBe(202);
    for (let n = 0; n < 5; n += 1)
      expect((await call('POST', '/v1/verifications', once())).body).toMatchObject({ code: 'idempotency-mismatch' });
    const phone = newPhone();
    await start(key, { phone });
    for (let n = 0; n < 5; n += 1) expect((await start(key, { phone })).body).toMatchObject({ code: 'cooldown' });

    expect(await outcomes(key, 2)).toEqual([202, 429]);
  });

  test('nobody set lets everything pass, and says so', async () => {
    const { key } = await tenant();
    await outcomes(key, 1);

    expect((await call('GET', '/v1/admin/settings', { key })).body['effective']).toMatchObject({ spend: null });
    expect((await call('GET', '/v1/admin/spend', { key })).body).toEqual({
      currency: 'EUR',
      mode: 'off',
      windows: [
        { window: 'day', used: '0.20', cap: null, percent: null },
        { window: 'hour', used: '0.20', cap: null, percent: null },
      ],
      last24Hours: [{ channel: 'sms', country: 'DE', messages: 1, unpriced: 0, amount: '0.20' }],
    });
  });

  test('of another application is nobody’s business', async () => {
    const { id, key } = await tenant();

    expect((await call('GET', `/v1/admin/applications/${id}/spend`, { key })).status).toBe(403);
    expect((await call('GET', '/v1/admin/applications/app_nothing/spend')).status).toBe(404);
  });
});
