import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hits } from '../../src/platform/http/edge-throttle/hits.js';
import { MemoryHits } from '../../src/platform/http/edge-throttle/memory-hits.js';
import { RedisHits } from '../../src/platform/http/edge-throttle/redis-hits.js';
import type { RedisConnection } from '../../src/platform/redis/connection.js';
import { Clock } from '../../src/shared/clock.js';
import { openTestRedis } from '../support/redis.js';

/** Time that passes only when it is told to. */
class StoppedClock extends Clock {
  offsetMs = 0;

  now(): number {
    return this.offsetMs;
  }
}

let redis: RedisConnection;
beforeAll(async () => {
  ({ redis } = await openTestRedis());
});
afterAll(() => {
  redis.close();
});

describe.each([
  ['memory', (clock: Clock): Hits => new MemoryHits(clock)],
  ['Redis', (clock: Clock): Hits => new RedisHits(redis, () => clock.now())],
])('requests counted at the edge in %s', (_name, open) => {
  test('above the limit a name is refused until the window ends, whatever it tries meanwhile', async () => {
    const clock = new StoppedClock();
    const hits = open(clock);
    const hit = () => hits.increment('192.0.2.7', 10_000, 2);
    const blocked = [];
    for (let i = 0; i < 4; i++) blocked.push((await hit()).isBlocked);
    clock.offsetMs = 8_500;

    expect(blocked).toEqual([false, false, true, true]);
    expect(await hit()).toEqual({ totalHits: 5, timeToExpire: 2, isBlocked: true, timeToBlockExpire: 2 });
    clock.offsetMs = 10_000;
    expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  test('looking counts nothing', async () => {
    const hits = open(new StoppedClock());
    await hits.increment('192.0.2.9', 60_000, 1);
    for (let i = 0; i < 3; i++) hits.look('192.0.2.9', 60_000, 1);

    expect(hits.look('192.0.2.9', 60_000, 1)).toMatchObject({ totalHits: 1, isBlocked: false });
    expect(hits.look('192.0.2.9', 60_000, 0)).toMatchObject({ totalHits: 1, isBlocked: true, timeToBlockExpire: 60 });
  });

  test('names are counted apart, and windows of different lengths do not end each other', async () => {
    const clock = new StoppedClock();
    const hits = open(clock);
    await hits.increment('failed:192.0.2.8', 60_000, 1);
    for (clock.offsetMs = 0; clock.offsetMs < 50_000; clock.offsetMs += 10_000)
      await hits.increment('192.0.2.8', 10_000, 1);

    expect(hits.look('failed:192.0.2.8', 60_000, 1)).toMatchObject({ totalHits: 1, timeToExpire: 10 });
    expect(hits.look('192.0.2.10', 10_000, 1)).toMatchObject({ totalHits: 0 });
  });
});
