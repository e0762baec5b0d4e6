/** How often a request has to wait for Redis and for Postgres, counted on the wire: a service is as fast as its trips are few. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { Holder, type Post } from '../support/factor-login.js';
import { newPhone, startLogin, wrong, type Answer } from '../support/login.js';
import { atOnce } from '../support/parallel.js';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';
import { TripCounter } from '../support/trip-counter.js';

const TRIES = 4;

let deployment: Deployment;
let redis: TripCounter;
let postgres: TripCounter;
/** Takes requests and sends nothing itself; the deployment's own process is the worker. */
let api: Service;

const file = new URL('../../src/verification/adapters/scripts/release-marker.lua', import.meta.url);
const release = createHash('sha1').update(readFileSync(file)).digest('hex');

/** Commands that nobody waits for: news for other nodes, the connection's own, and what is let go of after the answer. */
const unwaited = [/\r\nPING\r\n/i, /\r\nPUBLISH\r\n/i, /:edge:/, new RegExp(release)];

/** What is sent in one go may be several commands, each of which begins with the number of its words. */
const isWaitedFor = (sent: Buffer) =>
  sent
    .toString('latin1')
    .split(/(?=\*\d+\r\n\$)/)
    .some((command) => !unwaited.some((kind) => kind.test(command)));

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  const { redisUrl, databaseUrl } = deployment.world;
  redis = await TripCounter.start(redisUrl, isWaitedFor);
  postgres = await TripCounter.start(databaseUrl);
  const stores = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
  api = await startService({ world: deployment.world, env: { ...stores, ROLE: 'api' } });
  await start();
});
afterAll(async () => {
  await api.stop();
  redis.stop();
  postgres.stop();
  await deployment.close();
});

const ip = () => `198.51.100.${String(Math.floor(Math.random() * 200))}`;

function ask(method: string, path: string, body?: unknown, idempotencyKey?: string) {
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  return api.call<Answer>(method, path, { key: deployment.tenant.key, body, headers });
}

const start = (key?: string) =>
  ask('POST', '/v1/verifications', { to: { phone: newPhone() }, endUser: { ip: ip() } }, key);
const check = ({ id, code }: Ready, key?: string) =>
  ask('POST', `/v1/verifications/${id}/checks`, { code, endUser: { ip: ip() } }, key);

/** A verification, and what is typed for it. */
interface Ready {
  id: string;
  code: string;
}

/** Logins whose code has come. */
async function ready(count = TRIES): Promise<Ready[]> {
  const logins = await atOnce(count, () => startLogin(deployment));
  return Promise.all(logins.map(async (login) => ({ id: login.id, code: await login.code() })));
}

/**
 * The answer and the trips of the cheapest of some tries: the connections' own traffic, and what a process remembers for a few
 * seconds only (keys, settings), can make a try dearer, and nothing can make it cheaper.
 */
async function cheapest(
  request: (n: number) => Promise<{ status: number; body: Answer }>,
): Promise<string | undefined> {
  const seen = [];
  for (let n = 0; n < TRIES; n += 1) {
    const before = { redis: redis.trips, postgres: postgres.trips };
    const { status, body } = await request(n);
    const trips = { redis: redis.trips - before.redis, postgres: postgres.trips - before.postgres };
    const answer = [status, ...(body.code === undefined ? [] : [body.code])].join(' ');
    seen.push({ ...trips, text: `${answer}: Redis ${String(trips.redis)}, Postgres ${String(trips.postgres)}` });
  }
  return seen.sort((a, b) => a.redis + a.postgres - (b.redis + b.postgres))[0]?.text;
}

test('P3 a start waits three times for Redis, once of them for what is counted everywhere, and once for Postgres', async () => {
  expect(await cheapest(() => start())).toBe('202: Redis 3, Postgres 1');
});

test('P3 R29 an idempotency key costs a start no trip', async () => {
  expect(await cheapest(() => start(crypto.randomUUID()))).toBe('202: Redis 3, Postgres 1');
});

test('P3 a start for somebody asks Postgres once more: what they have enrolled', async () => {
  const subject = 'ada';
  const factors = [{ subject, secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }];
  const begin = (body: object) => ask('POST', '/v1/verifications', { ...body, endUser: { ip: ip() } });
  expect(await cheapest(() => begin({ to: { phone: newPhone() }, subject }))).toBe('202: Redis 3, Postgres 2');

  await ask('POST', '/v1/factors/import', { factors });
  expect(await cheapest(() => begin({ to: { phone: newPhone() }, subject }))).toBe('202: Redis 4, Postgres 2');
  expect(await cheapest(() => begin({ subject }))).toBe('202: Redis 3, Postgres 2');
});

test('P3 R13 a check waits three times for Redis and once for Postgres, whether it is right or wrong, with a key or without', async () => {
  const [right, retried, mistaken] = await Promise.all([ready(), ready(), ready()]);
  const at = (logins: Ready[], n: number) => logins[n] as Ready;

  expect(await cheapest((n) => check(at(right, n)))).toBe('200: Redis 3, Postgres 1');
  expect(await cheapest((n) => check(at(retried, n), 'key'))).toBe('200: Redis 3, Postgres 1');
  const typo = (n: number) => ({ ...at(mistaken, n), code: wrong(at(mistaken, n).code) });
  expect(await cheapest((n) => check(typo(n)))).toBe('422 wrong-code: Redis 3, Postgres 1');
});

test('P3 a check of an authenticator asks Postgres twice more: for the factors, and to take the code in', async () => {
  const post: Post = (path, body) => ask('POST', path, body);
  const holders = await atOnce(TRIES, () => Holder.of(post));
  const begin = () => Promise.all(holders.map((holder) => holder.start()));
  const [right, mistaken] = [await begin(), await begin()];
  const check = (ids: string[], code: (holder: Holder) => string) => (n: number) => {
    const holder = holders[n] as Holder;
    return holder.check(ids[n] ?? '', code(holder), {}, { endUser: { ip: ip() } });
  };

  expect(await cheapest(check(right, (holder) => holder.code()))).toBe('200: Redis 3, Postgres 3');
  expect(await cheapest(check(mistaken, (holder) => holder.wrongCode()))).toBe('422 wrong-code: Redis 3, Postgres 2');
});

test('P3 what is refused is refused after one trip, or none', async () => {
  const [over, fresh] = await ready(2);
  if (!over || !fresh) throw new Error('no login');
  for (let n = 1; n <= 5; n += 1) await check({ ...over, code: wrong(over.code, n) });
  const address = { ip: '203.0.113.99' };
  const guess = () =>
    ask('POST', `/v1/verifications/ver_${'A'.repeat(22)}/checks`, { code: '123456', endUser: address });
  for (let n = 0; n < 30; n += 1) await guess();

  expect(await cheapest(() => check(over))).toBe('429 attempts-used-up: Redis 1, Postgres 0');
  expect(await cheapest(() => check({ id: `ver_${'A'.repeat(22)}`, code: '123456' }))).toBe(
    '404 not-found: Redis 1, Postgres 1',
  );
  expect(await cheapest(guess)).toBe('429 rate-limited: Redis 1, Postgres 0');
  expect(await cheapest(() => check({ ...fresh, code: 'junk' }))).toBe('400 invalid-request: Redis 0, Postgres 0');
});

test('P3 a status is read without Redis', async () => {
  const [login] = await ready(1);

  expect(await cheapest(() => ask('GET', `/v1/verifications/${login?.id ?? ''}`))).toMatch(
    /^200: Redis [01], Postgres \d$/,
  );
});
