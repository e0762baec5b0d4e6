import { beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../shared/clock.js';
import { MAX_LIFE_MS, ShortCache } from './short-cache.js';

class HandClock extends Clock {
  readonly offsetMs = 0;
  at = 1_000_000;
  now(): number {
    return this.at;
  }
}

describe('ShortCache', () => {
  let clock: HandClock;
  let cache: ShortCache<number>;
  let reads: number;
  const read = () => Promise.resolve((reads += 1));

  beforeEach(() => {
    clock = new HandClock();
    cache = new ShortCache(clock, 2);
    reads = 0;
  });

  it('R77 reads again after three seconds, however often it was asked', async () => {
    expect(await cache.get('a', read)).toBe(1);
    clock.at += MAX_LIFE_MS - 1;
    expect(await cache.get('a', read)).toBe(1);
    clock.at += 1;
    expect(await cache.get('a', read)).toBe(2);
  });

  it('never remembers for longer than it may, whatever the value asks for', async () => {
    await cache.get('a', read, () => 60_000);
    clock.at += MAX_LIFE_MS;
    expect(await cache.get('a', read)).toBe(2);
  });

  it('remembers for less when the value says so, and not at all for 0', async () => {
    await cache.get('a', read, () => 100);
    clock.at += 100;
    expect(await cache.get('a', read, () => 0)).toBe(2);
    expect(await cache.get('a', read)).toBe(3);
  });

  it('counts the life from before the read, so that a slow answer is not kept longer', async () => {
    const slow = async () => {
      clock.at += 2_000;
      return read();
    };
    await cache.get('a', slow);
    clock.at += 1_000;
    expect(await cache.get('a', read)).toBe(2);
  });

  it('shares one read between callers that ask at once', async () => {
    expect(await Promise.all([cache.get('a', read), cache.get('a', read), cache.get('a', read)])).toEqual([1, 1, 1]);
  });

  it('does not remember a failure', async () => {
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', read)).toBe(1);
  });

  it('is not kept alive by a clock that is set back', async () => {
    await cache.get('a', read);
    clock.at -= 3_600_000;
    expect(await cache.get('a', read)).toBe(2);
  });

  it('forgets on demand, also what is still being read', async () => {
    const first = cache.get('a', read);
    cache.clear();
    expect(await cache.get('a', read)).toBe(2);
    await first;
    expect(await cache.get('a', read)).toBe(2);
  });

  it('holds no more than it may, and drops the oldest first', async () => {
    for (const key of ['a', 'b', 'c']) await cache.get(key, read);
    expect(await cache.get('c', read)).toBe(3);
    expect(await cache.get('b', read)).toBe(2);
    expect(await cache.get('a', read)).toBe(4);
  });
});
