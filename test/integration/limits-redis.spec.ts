import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Limiter } from '../../src/limits/application/limiter.js';
import { limiterOf } from '../support/limiter-of.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';

const raw = createClient({ url: inject('redisUrl') });
const guess = { applicationId: 'app_1', recipient: 'kx9', ip: '::ffff:192.0.2.7' };
let opened: TestRedis;
let limiter: Limiter;

beforeAll(async () => {
  await raw.connect();
  opened = await openTestRedis();
  limiter = limiterOf(new RedisCounters(opened.redis, new ShiftedClock()));
});
afterAll(() => {
  raw.destroy();
  opened.close();
});

async function keys(): Promise<string[]> {
  const found = [];
  for await (const batch of raw.scanIterator({ MATCH: `${opened.redis.prefix}*` })) found.push(...batch);
  return found.sort();
}

/** Milliseconds each key has left. */
async function ends(): Promise<Map<string, number>> {
  return new Map(await Promise.all((await keys()).map(async (key) => [key, await raw.pTTL(key)] as const)));
}

test('R42 no counter is immortal: every key has an end from the call that made it, and a refund leaves none without', async () => {
  for (let i = 0; i < 40; i++) {
    const reservation = `act-${String(i)}`;
    await limiter.take('send', reservation, guess, { cooldown: i % 2 === 0 });
    await limiter.take('check', reservation, guess);
    await limiter.take('failed-check', reservation, guess);
    if (i % 3 === 0) await limiter.refund('send', reservation, guess);
    if (i % 5 === 0) await limiter.succeeded(reservation, guess);
  }
  await limiter.refund('send', 'never-taken', guess);
  const ttlsMs = [...(await ends()).values()];

  expect(ttlsMs).toHaveLength(3);
  expect(Math.min(...ttlsMs)).toBeGreaterThan(0);
});

test('R20 a refused attempt does not move the end of any key', async () => {
  while ((await limiter.take('failed-check', crypto.randomUUID(), guess)).kind === 'allowed');
  const before = await ends();
  await Promise.all(Array.from({ length: 50 }, () => limiter.take('failed-check', crypto.randomUUID(), guess)));
  const after = await ends();

  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [key, ttlMs] of after) expect(ttlMs).toBeLessThanOrEqual(before.get(key) ?? 0);
});

test('an application’s keys share its hash tag; what is counted everywhere has a tag of its own', async () => {
  const tags = (await keys()).map((key) => /\{(.+?)\}/.exec(key)?.[1]);

  expect(new Set(tags)).toEqual(new Set(['app_1', 'recipient:kx9']));
});

test('a thing is one key that names of people only the keyed index and the address', async () => {
  const counters = (await keys()).map((key) => key.slice(opened.redis.prefix.length));

  expect(counters).toEqual(['limits:{app_1}:ip:192.0.2.7', 'limits:{app_1}:recipient:kx9', 'limits:{recipient:kx9}']);
});

test('P6 a counter stays small whatever happens: few fields, each short, the oldest dropped', async () => {
  const clock = new ShiftedClock();
  const busy = limiterOf(new RedisCounters(opened.redis, clock));
  const office = { applicationId: 'app_2', recipient: 'busy', ip: '192.0.2.8' };
  const tried = (times: number, on: 'send' | 'check' | 'failed-check') =>
    Promise.all(Array.from({ length: times }, () => busy.take(on, crypto.randomUUID(), office)));
  for (let hour = 0; hour < 100; hour++) {
    clock.advance(60 * 60_000);
    await Promise.all([tried(2, 'send'), tried(3, 'failed-check'), tried(5, 'check')]);
  }
  for (let burst = 0; burst < 4; burst++) {
    clock.advance(5 * 60_000 + 1);
    await tried(31, 'check');
  }
  for (const key of ['ip:192.0.2.8', 'recipient:busy'].map((name) => `${opened.redis.prefix}limits:{app_2}:${name}`)) {
    const fields = Object.entries(await raw.hGetAll(key));
    expect(fields.length).toBeLessThan(128);
    expect(Math.max(...fields.flat().map((text) => text.length))).toBeLessThanOrEqual(64);
    expect(await raw.sendCommand(['OBJECT', 'ENCODING', key])).toBe('listpack');
  }
});

test('R19 after a success a counter ends with its windows, not with the year that failures in a row are counted', async () => {
  const person = { applicationId: 'app_3', recipient: 'person' };
  const key = `${opened.redis.prefix}limits:{app_3}:recipient:person`;
  await limiter.take('send', 'one', person);
  await limiter.take('failed-check', 'wrong', person);
  const failedMs = await raw.pTTL(key);
  await limiter.take('failed-check', 'right', person);
  await limiter.succeeded('right', person);
  const day = 24 * 60 * 60_000;

  expect(failedMs).toBeGreaterThan(364 * day);
  expect(await raw.pTTL(key)).toBeLessThanOrEqual(day + 1);
  expect(await raw.pTTL(key)).toBeGreaterThan(day - 60_000);
});
