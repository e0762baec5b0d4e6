import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import { MemoryCounter } from '../../src/limits/adapters/memory-counter.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { Script } from '../../src/platform/redis/script.js';
import { openTestRedis } from '../support/redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { bucket, counter, fresh, MINUTE, TAG } from './counter-fixtures.js';

const SHORT = bucket('send-minute', 200, MINUTE);
const LONG = bucket('send-day', 10_000, 24 * 60 * MINUTE);
const EACH_MS = 5_000;
const ACTS = (10 * MINUTE) / EACH_MS;

/** Twelve acts in each minute of two, of that which has begun, and as many of the day as began. */
const MOST = 2 * (MINUTE / EACH_MS) + 3;

test('ten short windows below a long one leave no more than the short one holds, in memory', () => {
  const [held, rules] = [new MemoryCounter(), [SHORT, LONG]];
  let nowMs = 1_700_000_000_000;
  for (let n = 0; n < ACTS; n++, nowMs += EACH_MS) {
    held.add(rules, { nowMs, shadowed: new Set() });
    held.dropOld(rules, nowMs);
  }
  const everything = bucket('send-ever', 1_000_000, 365 * LONG.windowMs);

  expect(held.heldBy(everything, nowMs).length).toBeLessThanOrEqual(MOST);
  expect(held.heldBy(LONG, nowMs).reduce((sum, { count }) => sum + count, 0)).toBe(ACTS);
});

test('ten short windows below a long one leave no more than the short one holds, on Redis', async () => {
  const [clock, { redis, close }] = [new ShiftedClock(), await openTestRedis()];
  const counters = new RedisCounters(redis, clock);
  for (let n = 0; n < ACTS; n += 1) {
    await counters.take(TAG, fresh(), [counter(SHORT, LONG)]);
    clock.advance(EACH_MS);
  }
  const file = join(inject('scratchFolder'), 'fields.lua');
  await writeFile(file, `return redis.call('HLEN', KEYS[1])`);
  const hlen = new Script(pathToFileURL(file));
  const fields = await hlen.run(redis, [`${redis.prefix}limits:{${TAG}}:recipient:x`], []);
  close();

  expect(fields).toBeGreaterThan(1);
  expect(fields).toBeLessThanOrEqual(MOST);
});
