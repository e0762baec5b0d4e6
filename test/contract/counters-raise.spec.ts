import { describe, expect, test } from 'vitest';
import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Counters } from '../../src/limits/application/ports.js';
import { RaiseCap } from '../../src/limits/application/raise-cap.js';
import { cappedBy } from '../../src/limits/domain/counters-for.js';
import type { Cap } from '../../src/limits/domain/rule.js';
import type { Clock } from '../../src/shared/clock.js';
import { openTestRedis } from '../support/redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const inMemory = (clock: Clock) => Promise.resolve({ counters: new MemoryCounters(clock), close: () => undefined });
const onRedis = async (clock: Clock) => {
  const { redis, close } = await openTestRedis();
  return { counters: new RedisCounters(redis, clock), close };
};

const cap = (weight: number): Cap => ({
  name: 'spend-day',
  windowSeconds: DAY / 1_000,
  max: 100,
  weight,
  mode: 'enforce',
});
let acts = 0;

/** What the cap holds after a send of that weight, or that it was refused. */
async function after(counters: Counters, weight: number): Promise<number | 'refused'> {
  acts += 1;
  const { kind, levels } = await counters.take('app_1', `act ${String(acts)}`, [cappedBy(cap(weight))]);
  return kind === 'taken' ? (levels['spend-day']?.used ?? NaN) : 'refused';
}

describe.each([
  ['in memory', inMemory],
  ['on Redis', onRedis],
])('R48 a cap that has forgotten, %s', (_name, open) => {
  async function forgetful(work: (counters: Counters, clock: ShiftedClock) => Promise<void>): Promise<void> {
    const clock = new ShiftedClock();
    const { counters, close } = await open(clock);
    await work(counters, clock).finally(close);
  }

  test('learns again what was spent, however often it is told, and refuses what does not fit', () =>
    forgetful(async (counters, clock) => {
      const spent = [
        { atMs: clock.now() - 3 * HOUR, weight: 40 },
        { atMs: clock.now() - 3 * HOUR, weight: 20 },
        { atMs: clock.now() - 20 * HOUR, weight: 30 },
      ];
      const raise = new RaiseCap(counters);
      await Promise.all([1, 2, 3].map(() => raise.execute('app_1', cap(1), spent)));

      expect(await after(counters, 11)).toBe('refused');
      expect(await after(counters, 10)).toBe(100);
      expect(await after(counters, 1)).toBe('refused');
    }));

  test('learns each at its time: it leaves the window when it would have', () =>
    forgetful(async (counters, clock) => {
      const spent = [
        { atMs: clock.now() - 20 * HOUR, weight: 60 },
        { atMs: clock.now() - 25 * HOUR, weight: 1_000 },
      ];
      await new RaiseCap(counters).execute('app_1', cap(1), spent);
      expect(await after(counters, 41)).toBe('refused');
      clock.advance(5 * HOUR);

      expect(await after(counters, 41)).toBe(41);
    }));

  test('loses nothing that it still knows', () =>
    forgetful(async (counters, clock) => {
      expect(await after(counters, 70)).toBe(70);
      await new RaiseCap(counters).execute('app_1', cap(1), [{ atMs: clock.now(), weight: 5 }]);

      expect(await after(counters, 1)).toBe(71);
    }));
});
