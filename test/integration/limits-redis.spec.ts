import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { RedisBuckets } from '../../src/limits/adapters/redis-buckets.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';

const raw = createClient({ url: inject('redisUrl') });
const guess = { applicationId: 'app_1', recipient: 'kx9', ip: '::ffff:192.0.2.7' };
let opened: TestRedis;
let limiter: Limiter;

beforeAll(async () => {
  await raw.connect();
  opened = await openTestRedis();
  limiter = new Limiter(new RedisBuckets(opened.redis, new ShiftedClock()));
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

  expect(ttlsMs.length).toBeGreaterThan(10);
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

test('keys name the rule, and of people only the keyed index and the address', async () => {
  const counters = (await keys()).filter((key) => !key.includes(':taken:'));

  expect(counters.map((key) => key.slice(opened.redis.prefix.length))).toEqual(
    expect.arrayContaining([
      'limits:{app_1}:recipient-day/1:recipient:kx9',
      'limits:{app_1}:ip-checks-5-minutes/1:ip:192.0.2.7',
      'limits:{recipient:kx9}:recipient-day-everywhere/1:recipient:kx9',
    ]),
  );
});
