import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { limiterOf, SetRules } from '../support/limiter-of.js';
import { CountingCounters, rulesOfAllKinds, send, somebody } from '../support/many-rules.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';
import { RestingRedis } from '../support/resting-redis.js';
import { startPrivateRedis } from '../support/servers/private-redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const raw = createClient({ url: inject('redisUrl') });
let opened: TestRedis;

beforeAll(async () => {
  await raw.connect();
  opened = await openTestRedis();
});
afterAll(() => {
  raw.destroy();
  opened.close();
});

test('R42 200 rules of one application are one script: they hold, they are told, and they are given back', async () => {
  const rules = [...rulesOfAllKinds(199), send('tightest', { max: 3 })];
  const counters = new CountingCounters(opened.redis, new ShiftedClock());
  const limiter = limiterOf(counters, rules);
  const acts = Array.from({ length: 5 }, () => crypto.randomUUID());
  const decisions = [];
  for (const act of acts) decisions.push(await limiter.take('send', act, somebody('app_200')));
  for (const act of acts) await limiter.refund('send', act, somebody('app_200'));
  const after = await limiter.take('send', crypto.randomUUID(), somebody('app_200'));

  expect(decisions.map(({ kind }) => kind)).toEqual(['allowed', 'allowed', 'allowed', 'refused', 'refused']);
  expect(decisions[3]).toMatchObject({ rules: ['tightest'] });
  expect(after.kind).toBe('allowed');
  expect(counters.asked.map(({ buckets }) => buckets)).toEqual(Array(6).fill(200));
});

test('R42 while rules change under traffic no script fails, and no key is left without an end', async () => {
  const clock = new ShiftedClock();
  const book = new SetRules([]);
  const limiter = limiterOf(new RedisCounters(opened.redis, clock), book);
  const person = somebody('app_changing');
  for (let i = 0; i < 60; i++) {
    const max = [2, 40, 150, 5_000][i % 4] ?? 1;
    const windowSeconds = [30, 600, 3_600][i % 3] ?? 1;
    const mode = i % 5 ? 'enforce' : 'shadow';
    book.rules = [send('changing', { max, windowSeconds, mode }), send('other', { max: 300, by: ['ip', 'recipient'] })];
    const acts = Array.from({ length: 5 }, () => crypto.randomUUID());
    await Promise.all(acts.map((act) => limiter.take('send', act, person, { caps: [{ ...cap, mode }] })));
    await limiter.refund('send', acts[0] ?? '', person, { caps: [cap] });
    clock.advance(i * 1_000);
  }
  const ends = await Promise.all((await keysOf('app_changing')).map((key) => raw.pTTL(key)));

  expect(ends.length).toBeGreaterThan(3);
  expect(Math.min(...ends)).toBeGreaterThan(0);
});

test('R42 I3 a Redis that loses everything while acts are counted begins all windows anew, and nothing fails', async () => {
  const server = await startPrivateRedis(inject('scratchFolder'));
  const [redis, resting] = await Promise.all([openTestRedis(server.url), RestingRedis.open(server.url)]);
  const limiter = limiterOf(new RedisCounters(redis.redis, new ShiftedClock()), [send('three', { max: 3 })]);
  const person = somebody('app_lost');
  const take = async () => (await limiter.take('send', crypto.randomUUID(), person, { caps: [cap] })).kind;
  const givenBack = crypto.randomUUID();
  await limiter.take('send', givenBack, person, { caps: [cap] });

  const underWay = Array.from({ length: 300 }, take);
  await underWay[0];
  const [, ...kinds] = await Promise.all([resting.wipe(), ...underWay]);
  await limiter.refund('send', givenBack, person, { caps: [cap] });
  const later = [await take(), await take(), await take(), await take()];
  const allowed = [...kinds, ...later].filter((kind) => kind === 'allowed').length;
  redis.close();
  resting.close();
  await server.stop();

  // Two of what was asked for before it, three after it, and none twice.
  expect(allowed).toBe(5);
  expect(later.at(-1)).toBe('refused');
});

const cap = { name: 'spend', windowSeconds: 86_400, max: 1_000_000_000, weight: 85_000, mode: 'enforce' } as const;

async function keysOf(applicationId: string): Promise<string[]> {
  const found = [];
  for await (const batch of raw.scanIterator({ MATCH: `${opened.redis.prefix}limits:{${applicationId}}:*` }))
    found.push(...batch);
  return found;
}
