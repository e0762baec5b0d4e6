import { Controller, Get, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Env } from '../../src/env.js';
import { EdgeThrottleModule } from '../../src/platform/http/edge-throttle.module.js';
import { ProblemFilter } from '../../src/platform/http/problem-filter.js';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { Runtime } from '../../src/platform/runtime.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { Clock } from '../../src/shared/clock.js';
import { openTestRedis } from '../support/redis.js';

@Controller()
class Pages {
  @Get(['one', 'two', 'livez', 'readyz'])
  page(): string {
    return 'a page';
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
const hitsOf = (key: string) => raw.get(`${redis.prefix}edge:${key}`);

/** As if the address had called that often already in this window. */
async function called(times: number, key: string): Promise<void> {
  await raw.set(`${redis.prefix}edge:${key}`, times, { expiration: { type: 'PX', value: 9_000 } });
}

test('up to 10,000 requests in ten seconds pass, over all routes together; the next is 429 with the time to wait', async () => {
  await called(9_999, '192.0.2.1');
  const last = await get('/one', '192.0.2.1');
  const refused = await get('/two', '192.0.2.1');

  expect(last.statusCode).toBe(200);
  expect(last.headers).not.toHaveProperty('x-ratelimit-limit');
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(5);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(9);
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate-limited' });
});

test('R42 the counter ends ten seconds after its first request, however many follow', async () => {
  await get('/one', '192.0.2.2');
  const ttlMs = await raw.pTTL(`${redis.prefix}edge:192.0.2.2`);
  await get('/one', '192.0.2.2');

  expect(ttlMs).toBeGreaterThan(5_000);
  expect(ttlMs).toBeLessThanOrEqual(10_000);
  expect(await raw.pTTL(`${redis.prefix}edge:192.0.2.2`)).toBeLessThanOrEqual(ttlMs);
});

test('R40 an IPv6 network is one address, and IPv4 in IPv6 clothes is IPv4', async () => {
  for (const from of ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::2', '::ffff:192.0.2.3', '192.0.2.3'])
    await get('/one', from);

  expect(await hitsOf('2001:db8:1:2::/64')).toBe('2');
  expect(await hitsOf('192.0.2.3')).toBe('2');
});

test('R51 probes are answered to an address that floods, and while Redis is away; nothing else is', async () => {
  await called(20_000, '192.0.2.4');
  const { redis: away } = await openTestRedis();
  const lost = await serveWith(away);
  away.close();
  const answers = await Promise.all([
    ...['/livez', '/readyz'].flatMap((url) => [get(url, '192.0.2.4'), get(url, '192.0.2.4', lost)]),
    get('/one', '192.0.2.4', lost),
  ]);
  await lost.close();

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 503]);
  expect(answers.at(-1)?.json()).toMatchObject({ code: 'unavailable' });
});
