/**
 * Pumping: somebody has numbers by the thousand, rented in blocks of two countries, and earns by each message that is sent to them.
 * Honest people of the same countries log in at the same time. Little must get through, and none of the honest may be refused.
 * The rules of limits are out of the way: each end user has an address of its own, and no number is used twice.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment, type Tenant } from '../support/deployment.js';
import { callStart, Login, type Answer } from '../support/login.js';
import { atOnce } from '../support/parallel.js';
import { CODES_ARE_OVER_MS, suspicionsGrowOlder } from '../support/suspicion-time.js';
import { passPause } from '../support/time-passes.js';

/** Mobile numbers without their last eight to four digits. */
const COUNTRIES = { DE: '+491512', FR: '+33612', ES: '+34612' };
const LENGTH = { DE: 14, FR: 12, ES: 12 };
type Country = keyof typeof COUNTRIES;
const PUMPED: [Country, Country] = ['DE', 'FR'];

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});
afterAll(async () => {
  await deployment.close();
});

/** One of a country's numbers: those of a block share all but the last four digits. */
function numberIn(country: Country, block: number, end: number): string {
  const room = LENGTH[country] - COUNTRIES[country].length - 4;
  const place = String(block).padStart(room, '0').slice(-room);
  return `${COUNTRIES[country]}${place}${String(end).padStart(4, '0')}`;
}
const newAddress = () => `100.${String(64 + randomInt(64))}.${String(randomInt(256))}.${String(randomInt(1, 255))}`;

let asked = 0;
async function send(tenant: Tenant, phone: string) {
  asked += 1;
  const body = { to: { phone }, channels: ['sms'], endUser: { ip: newAddress() } };
  return callStart(deployment, body, { at: asked, tenant });
}
const through = (replies: { status: number }[]) => replies.filter(({ status }) => status === 202).length;

/** Somebody who logs in, from an honest block; nine of ten do. */
async function honestLogin(tenant: Tenant, country: Country, n: number): Promise<number> {
  const phone = numberIn(country, 40 + n, randomInt(1_000, 9_000));
  const started = await send(tenant, phone);
  if (started.status !== 202) return started.status;
  const login = new Login(deployment, started.body.id ?? '', started, tenant);
  return n % 10 === 9 ? 202 : (await login.check(await login.code())).status;
}

test('R46 numbers of rented blocks, counted up and drawn at random, get little; honest people beside them are not refused', async () => {
  const tenant = await deployment.createTenant('pumped');
  const honest = atOnce(10, (n) => honestLogin(tenant, PUMPED[n % 2] ?? 'DE', n));
  const inARow: { status: number; body: Answer }[] = [];
  const drawn: { status: number; body: Answer }[] = [];
  await Promise.all(
    PUMPED.map(async (country) => {
      for (let n = 0; n < 8; n += 1) inARow.push(await send(tenant, numberIn(country, 7, 1_000 + n)));
      for (let n = 0; n < 20; n += 1) drawn.push(await send(tenant, numberIn(country, 8, (n * 331) % 10_000)));
    }),
  );

  expect(through(inARow)).toBe(2 * 4);
  expect(through(drawn)).toBe(2 * 15);
  const refused = inARow.filter(({ status }) => status !== 202);
  expect(new Set(refused.map(({ body }) => body.violatedPolicies?.join()))).toEqual(new Set(['pumping-sequence']));
  expect((await honest).filter((status) => status >= 400)).toEqual([]);

  // An hour of the same: what is closed stays closed, and so few of the honest country was asked in vain that it stays open.
  await suspicionsGrowOlder(deployment.redis, tenant.applicationId, CODES_ARE_OVER_MS);
  const later = await Promise.all(PUMPED.map((country) => send(tenant, numberIn(country, 8, 4_321))));
  expect(through(later)).toBe(0);
}, 120_000);

test('R21 R46 strangers who trip a block shut nobody out who has logged in before', async () => {
  const tenant = await deployment.createTenant('neighbours');
  const known = numberIn('DE', 11, 7_000);
  const first = await send(tenant, known);
  const login = new Login(deployment, first.body.id ?? '', first, tenant);
  expect((await login.check(await login.code())).status).toBe(200);

  for (let n = 0; n < 6; n += 1) await send(tenant, numberIn('DE', 11, n));
  expect((await send(tenant, numberIn('DE', 11, 5_000))).status).toBe(429);
  await passPause(deployment, 'cooldown', tenant);
  expect((await send(tenant, known)).status).toBe(202);
}, 120_000);

test('R21 R46 one address that is over its limit trips nothing, however much it asks for', async () => {
  const tenant = await deployment.createTenant('over-limit');
  const from = async (ip: string, phone: string) => {
    asked += 1;
    return callStart(deployment, { to: { phone }, channels: ['sms'], endUser: { ip } }, { at: asked, tenant });
  };
  for (let n = 0; n < 10; n += 1) await from('198.51.100.9', numberIn('DE', 70 + n, 1));
  const refused = await atOnce(20, (n) => from('198.51.100.9', numberIn('DE', 12, n)));
  expect(new Set(refused.map(({ body }) => body.violatedPolicies?.join()))).toEqual(new Set(['ip-hour']));
  expect((await from('203.0.113.9', numberIn('DE', 12, 21))).status).toBe(202);
});

test('R46 R47 another application hears nothing of it', async () => {
  const [pumped, other] = [await deployment.createTenant('closed'), await deployment.createTenant('open')];
  for (let n = 0; n < 6; n += 1) await send(pumped, numberIn('DE', 9, n));
  expect((await send(pumped, numberIn('DE', 9, 5_000))).status).toBe(429);
  expect((await send(other, numberIn('DE', 9, 5_001))).status).toBe(202);
});

test('R47 a country in which nobody types a code closes at once on all nodes, tells once, and an operator opens it', async () => {
  const tenant = await deployment.createTenant('unconverted');
  const operator = await deployment.createOperatorKey();
  for (let n = 0; n < 20; n += 1) await send(tenant, numberIn('FR', 20 + n, 1));
  await suspicionsGrowOlder(deployment.redis, tenant.applicationId, CODES_ARE_OVER_MS);

  const refused = await atOnce(10, (n) => send(tenant, numberIn('FR', 60 + n, 1)));
  expect(new Set(refused.map(({ body }) => body.violatedPolicies?.join()))).toEqual(new Set(['conversion-country']));
  expect((await send(tenant, numberIn('ES', 1, 1))).status).toBe(202);
  const events = await deployment.database.query<{ payload: object }>(
    `SELECT payload FROM events WHERE application_id = $1 AND type = 'fraud.tripped' AND payload->>'detector' = 'conversion-country'`,
    [tenant.applicationId],
  );
  expect(events).toMatchObject([{ payload: { place: 'FR', enforced: true, counted: 20, good: 0 } }]);

  const list = (key: string) => call<{ trips: Trip[] }>('GET', '/v1/admin/fraud', key);
  const own = (await list(tenant.key)).body.trips.find(({ detector }) => detector === 'conversion-country');
  expect(own).toMatchObject({ place: 'FR', state: 'tripped', applicationId: tenant.applicationId });
  expect((await list(deployment.tenant.key)).body.trips).toEqual([]);
  expect((await list(operator)).body.trips).toContainEqual(own);

  const path = `/v1/admin/fraud/${own?.id ?? ''}`;
  expect((await call('DELETE', path, deployment.tenant.key)).status).toBe(404);
  expect((await call('DELETE', path, tenant.key)).status).toBe(204);
  expect((await call('DELETE', path, tenant.key)).status).toBe(404);
  expect(await Promise.all([send(tenant, numberIn('FR', 80, 1)), send(tenant, numberIn('FR', 81, 1))])).toMatchObject([
    ...[{ status: 202 }, { status: 202 }],
  ]);
  const [entry] = await deployment.database.query<{ details: object }>(
    `SELECT details FROM audit_log WHERE action = 'fraud.trip-cleared' AND target = $1`,
    [tenant.applicationId],
  );
  expect(entry?.details).toMatchObject({
    before: { detector: 'conversion-country', place: 'FR' },
    after: null,
    weakens: true,
  });
});

test('R46 what is emptied begins anew, without an error', async () => {
  const tenant = await deployment.createTenant('forgotten');
  for (let n = 0; n < 4; n += 1) await send(tenant, numberIn('ES', 9, n));
  await deployment.redis.wipe();
  expect((await send(tenant, numberIn('ES', 9, 4))).status).toBe(202);
});

interface Trip {
  id: string;
  detector: string;
  place: string;
  state: string;
  applicationId: string;
}

const call = <Body>(method: string, path: string, key: string) =>
  deployment.service(asked++).call<Body>(method, path, { key });
