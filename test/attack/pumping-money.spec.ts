/**
 * Pumping is paid for by the cap and by nobody else: however many nodes send at once, whatever prices and caps do meanwhile, and
 * though Redis forgets everything, an application spends what it may and not a millionth more.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment, type Tenant } from '../support/deployment.js';
import { newPhone, type Answer } from '../support/login.js';
import { atOnce } from '../support/parallel.js';

let deployment: Deployment;
let operator: string;
let tenants = 0;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  operator = await deployment.createOperatorKey();
  await setPrice('0.07');
});
afterAll(() => deployment.close());

async function setPrice(amount: string): Promise<void> {
  const service = deployment.service();
  const { headers } = await service.call('GET', '/v1/admin/prices', { key: operator });
  const body = { currency: 'EUR', prices: [{ channel: 'sms', amount }] };
  const tag = { 'if-match': headers.get('etag') ?? '' };
  expect((await service.call('PUT', '/v1/admin/prices', { key: operator, body, headers: tag })).status).toBe(200);
}

async function setCap({ key }: Tenant, spend: object): Promise<void> {
  const service = deployment.service();
  const { headers, body } = await service.call<{ settings: object }>('GET', '/v1/admin/settings', { key });
  const settings = { ...body.settings, spend };
  const tag = { 'if-match': headers.get('etag') ?? '' };
  expect((await service.call('PUT', '/v1/admin/settings', { key, body: settings, headers: tag })).status).toBe(200);
}

async function shop(perDay: string): Promise<Tenant> {
  tenants += 1;
  const tenant = await deployment.createTenant(`pumped ${String(tenants)}`);
  await setCap(tenant, { mode: 'enforce', perDay });
  return tenant;
}

async function start({ key }: Tenant, at: number): Promise<number> {
  const body = { to: { phone: newPhone() }, channels: ['sms'] };
  return (await deployment.service(at).call<Answer>('POST', '/v1/verifications', { key, body })).status;
}

const pump = async (tenant: Tenant, count: number) =>
  (await atOnce(count, (n) => start(tenant, n))).filter((status) => status === 202).length;

/** What was accepted cost, in millionths. */
async function spentBy({ applicationId }: Tenant): Promise<number> {
  const sql = 'SELECT coalesce(sum(price_micros), 0)::float8 AS spent FROM deliveries WHERE application_id = $1';
  return (await deployment.database.query<{ spent: number }>(sql, [applicationId]))[0]?.spent ?? NaN;
}

async function toldOf({ applicationId }: Tenant): Promise<number[]> {
  const sql = `SELECT (payload ->> 'percent')::int AS percent FROM events
    WHERE application_id = $1 AND type = 'spend.reached' ORDER BY percent`;
  return (await deployment.database.query<{ percent: number }>(sql, [applicationId])).map(({ percent }) => percent);
}

test('I4 R48 of 60 sends at once on two processes exactly those that fit are accepted, and each share is told once', async () => {
  const tenant = await shop('1.00');

  expect(await pump(tenant, 60)).toBe(14);
  expect(await spentBy(tenant)).toBe(980_000);
  await expect.poll(() => toldOf(tenant)).toEqual([50, 80, 100]);
});

test('R48 a price that changes while many send does not let the cap be passed', async () => {
  const tenant = await shop('2.00');
  await Promise.all([pump(tenant, 60), setPrice('0.11')]);
  await pump(tenant, 20);
  const spent = await spentBy(tenant);

  expect(spent).toBeLessThanOrEqual(2_000_000);
  expect(spent).toBeGreaterThan(2_000_000 - 110_000);
  await setPrice('0.07');
});

test('R79 R48 a cap that is set or lowered holds on the other process within 5 s, with what was spent before', async () => {
  const tenant = await deployment.createTenant('uncapped');
  expect(await pump(tenant, 10)).toBe(10);
  await setCap(tenant, { mode: 'enforce', perDay: '0.50' });

  await expect.poll(() => start(tenant, 1), { timeout: 5_000, interval: 200 }).toBe(429);
});

test('R48 a Redis that forgets everything buys no second helping', async () => {
  const tenant = await shop('1.40');
  expect(await pump(tenant, 12)).toBe(12);
  await expect.poll(() => deliveredTo(tenant), { timeout: 10_000 }).toBe(12);
  await deployment.redis.wipe();
  // The first send finds an empty counter; what the ledger knows is put back behind it.
  expect(await start(tenant, 0)).toBe(202);
  await expect.poll(() => levelOf(tenant), { timeout: 5_000 }).toBe(13 * 70_000);

  expect(await pump(tenant, 30)).toBe(7);
  expect(await spentBy(tenant)).toBe(1_400_000);
});

/** What is not sent yet when Redis is lost is canceled, and costs nothing. */
async function deliveredTo({ applicationId }: Tenant): Promise<number> {
  const sql = `SELECT FROM deliveries WHERE application_id = $1 AND status = 'delivered'`;
  return (await deployment.database.query(sql, [applicationId])).length;
}

/** What the cap's counter holds. */
async function levelOf({ applicationId }: Tenant): Promise<number> {
  const [key = ''] = await deployment.redis.keys(`einmal:limits:{${applicationId}}:cap:spend-day`);
  const fields = await deployment.redis.hGetAll(key);
  return Object.entries(fields).reduce((sum, [field, value]) => sum + (field.endsWith('@') ? 0 : Number(value)), 0);
}
