import { Controller, Get, Global, Module, Req } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { unauthorized } from '../../src/applications/refusals.js';
import type { Env } from '../../src/env.js';
import { EdgeThrottleModule } from '../../src/platform/http/edge-throttle.module.js';
import { EdgeCeilings } from '../../src/platform/http/edge-throttle/edge-ceilings.js';
import { RedisHits } from '../../src/platform/http/edge-throttle/redis-hits.js';
import { ProblemFilter } from '../../src/platform/http/problem-filter.js';
import { Public } from '../../src/platform/http/public.js';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { Runtime } from '../../src/platform/runtime.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { Clock } from '../../src/shared/clock.js';
import { eventually } from '../support/eventually.js';
import { openTestRedis } from '../support/redis.js';

@Controller()
class Pages {
  @Get(['one', 'two', 'livez', 'readyz', 'v1/admin/edge'])
  page(): string {
    return 'a page';
  }

  /** As a route behind the guard of API keys: one key is valid. */
  @Get('private')
  secret(@Req() request: FastifyRequest): string {
    if (request.headers.authorization !== 'Bearer valid') throw unauthorized();
    request.callerId = 'key_1';
    return 'a secret';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'for all';
  }
}

const raw = createClient({ url: inject('redisUrl') });
let redis: RedisConnection;
let app: NestFastifyApplication;

beforeAll(async () => {
  await raw.connect();
  ({ redis } = await openTestRedis());
  app = await serveWith(redis);
});
afterAll(async () => {
  await app.close();
  raw.destroy();
  redis.close();
});

/** The pages behind the ceiling. The test client plays the proxy in front of the service. */
async function serveWith(connection: RedisConnection): Promise<NestFastifyApplication> {
  const providers = [
    { provide: Runtime, useValue: new Runtime({ embedded: false } as Env) },
    { provide: Clock, useClass: SystemClock },
    { provide: RedisConnection, useValue: connection },
  ];

  @Global()
  @Module({ providers, exports: providers })
  class Platform {}

  const filter = { provide: APP_FILTER, useValue: new ProblemFilter(Log.to('silent')) };
  const module = await Test.createTestingModule({
    imports: [Platform, EdgeThrottleModule],
    controllers: [Pages],
    providers: [filter],
  }).compile();
  const served = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ trustProxy: '127.0.0.1' }));
  return served.init();
}

const get = (url: string, from: string, by = app) => by.inject({ url, headers: { 'x-forwarded-for': from } });
const getWith = (key: string, from: string, url = '/private') =>
  app.inject({ url, headers: { 'x-forwarded-for': from, authorization: `Bearer ${key}` } });
const hashed = (key: string) => hash('sha256', key, 'hex').slice(0, 32);
const hitsOf = (key: string) => raw.get(`${redis.prefix}edge:${key}`);

/** As if the address had called other processes that often already in this window. */
async function called(times: number, key: string): Promise<void> {
  await raw.set(`${redis.prefix}edge:${key}`, times, { expiration: { type: 'PX', value: 9_000 } });
}

/** Until what a process has seen is told, which takes it a tenth of a second. */
const untilTold = (key: string, hits: number) =>
  eventually(async () => {
    expect(await hitsOf(key)).toBe(String(hits));
  });

test('up to 10,000 requests in ten seconds pass, over all routes and processes; the next is 429 with the time to wait', async () => {
  await called(9_999, '192.0.2.1');
  const last = await get('/one', '192.0.2.1');
  await untilTold('192.0.2.1', 10_000);
  const refused = await vi.waitUntil(async () => {
    const answer = await get('/two', '192.0.2.1');
    return answer.statusCode === 429 && answer;
  });

  expect(last.statusCode).toBe(200);
  expect(last.headers).not.toHaveProperty('x-ratelimit-limit');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(5);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(9);
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate-limited', 'violated-policies': ['edge-address'] });
  expect(refused.headers['ratelimit-policy']).toBe('"edge-address";q=10000;w=10');
  expect(refused.headers['ratelimit']).toBe(`"edge-address";r=0;t=${String(refused.headers['retry-after'])}`);
});

test('R39 a key is counted apart from the addresses it is used from, and is stored nowhere', async () => {
  await called(20_000, `key:${hashed('busy')}`);
  const refused = await vi.waitUntil(async () => {
    const answer = await getWith('busy', '192.0.2.11', '/one');
    return answer.statusCode === 429 && answer;
  });

  expect(refused.json()).toMatchObject({ violatedPolicies: ['edge-key'] });
  expect((await getWith('busy', '192.0.2.12', '/one')).statusCode).toBe(429);
  expect((await getWith('other', '192.0.2.11', '/one')).statusCode).toBe(200);
  expect(await raw.keys(`${redis.prefix}edge:*busy*`)).toEqual([]);
});

test('R39 what anybody may call counts no keys: a million of them would be a million counters', async () => {
  await getWith('whatever', '192.0.2.13', '/open');
  await untilTold('192.0.2.13', 1);

  expect(await hitsOf(`key:${hashed('whatever')}`)).toBeNull();
});

test('R39 who guesses at keys is refused after 60, before a key is looked up; whoever shares the address is not', async () => {
  const from = '192.0.2.14';
  expect((await getWith('valid', from)).statusCode).toBe(200);
  const statuses: number[] = [];
  for (let guess = 0; guess < 63; guess++) statuses.push((await getWith(`guess-${String(guess)}`, from)).statusCode);

  expect(statuses.filter((status) => status === 401)).toHaveLength(60);
  expect(statuses.slice(60)).toEqual([429, 429, 429]);
  const refused = await getWith('one-more', from);
  expect(refused.json()).toMatchObject({ code: 'rate-limited', violatedPolicies: ['edge-failed-login'] });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
  expect(await hitsOf(`key:${hashed('guess-62')}`)).toBeNull();
  expect((await getWith('valid', from)).statusCode).toBe(200);
  expect((await get('/one', from)).statusCode).toBe(200);
  expect((await getWith('guess', '192.0.2.15')).statusCode).toBe(401);
});

test('R79 a ceiling that was turned holds for the next request, and admin routes keep room of their own', async () => {
  const ceilings = app.get(EdgeCeilings);
  const before = ceilings.now;
  ceilings.follow(() => ({ ...before, perAddress: { max: 3, windowSeconds: 10 } }));
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push((await get('/one', '192.0.2.16')).statusCode);
  const admin = [];
  for (let i = 0; i < 5; i++) admin.push((await get('/v1/admin/edge', '192.0.2.16')).statusCode);
  ceilings.follow(() => before);
  await called(20_000, '192.0.2.17');
  await vi.waitUntil(async () => (await get('/one', '192.0.2.17')).statusCode === 429);
  admin.push((await get('/v1/admin/edge', '192.0.2.17')).statusCode);

  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(admin).toEqual([200, 200, 200, 200, 200, 200]);
});

test('a flood at one process is a flood at the others, a tenth of a second later', async () => {
  const [flooded, other] = [new RedisHits(redis), new RedisHits(redis)];
  const hit = (hits: RedisHits) => hits.increment('192.0.2.5', 10_000, 10_000);
  for (let i = 0; i < 10_000; i++) await hit(flooded);
  const [over, first] = await Promise.all([hit(flooded), hit(other)]);
  await vi.waitUntil(async () => (await hit(other)).isBlocked);

  expect([over.isBlocked, first.isBlocked]).toEqual([true, false]);
});

test('P3 a thousand requests of one address are told in one command', async () => {
  const told = vi.spyOn(redis, 'evaluate');
  const hits = new RedisHits(redis);
  for (let i = 0; i < 1_000; i++) await hits.increment('192.0.2.6', 10_000, 10_000);
  await untilTold('192.0.2.6', 1_000);

  expect(told.mock.calls.filter(([, [key]]) => key?.endsWith(':192.0.2.6'))).toHaveLength(1);
  told.mockRestore();
});

test('R42 the counter ends ten seconds after it was first told, however many follow', async () => {
  await get('/one', '192.0.2.2');
  await untilTold('192.0.2.2', 1);
  const ttlMs = await raw.pTTL(`${redis.prefix}edge:192.0.2.2`);
  await get('/one', '192.0.2.2');
  await untilTold('192.0.2.2', 2);

  expect(ttlMs).toBeGreaterThan(5_000);
  expect(ttlMs).toBeLessThanOrEqual(10_000);
  expect(await raw.pTTL(`${redis.prefix}edge:192.0.2.2`)).toBeLessThanOrEqual(ttlMs);
});

test('R40 an IPv6 network is one address, and IPv4 in IPv6 clothes is IPv4', async () => {
  for (const from of ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::2', '::ffff:192.0.2.3', '192.0.2.3'])
    await get('/one', from);

  await untilTold('2001:db8:1:2::/64', 2);
  await untilTold('192.0.2.3', 2);
});

test('probes are answered to an address that floods; the rest is not', async () => {
  await called(20_000, '192.0.2.4');
  await vi.waitUntil(async () => (await get('/one', '192.0.2.4')).statusCode === 429);
  const answers = await Promise.all(['/livez', '/readyz', '/two'].map((url) => get(url, '192.0.2.4')));

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
});

test('while Redis is away a process goes on by its own count, and does not ask again with every breath', async () => {
  const { redis: away } = await openTestRedis();
  away.close();
  const asked = vi.spyOn(away, 'evaluate');
  const hits = new RedisHits(away);
  const hit = () => hits.increment('192.0.2.8', 10_000, 10_000);
  await hit();
  await vi.waitUntil(() => asked.mock.settledResults.length > 0);
  for (let i = 1; i < 10_000; i++) await hit();

  expect(await hit()).toMatchObject({ totalHits: 10_001, isBlocked: true });
  expect(asked).toHaveBeenCalledTimes(1);
});
