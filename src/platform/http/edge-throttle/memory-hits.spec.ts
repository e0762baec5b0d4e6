import { expect, test } from 'vitest';
import { Clock } from '../../../shared/clock.js';
import { MemoryHits } from './memory-hits.js';

class StoppedClock extends Clock {
  offsetMs = 0;

  now(): number {
    return this.offsetMs;
  }
}

test('an address above the limit is refused until the window ends, whatever it tries meanwhile', async () => {
  const clock = new StoppedClock();
  const hits = new MemoryHits(clock);
  const hit = () => hits.increment('192.0.2.7', 10_000, 2);
  const blocked = [];
  for (let i = 0; i < 4; i++) blocked.push((await hit()).isBlocked);
  clock.offsetMs = 8_500;

  expect(blocked).toEqual([false, false, true, true]);
  expect(await hit()).toEqual({ totalHits: 5, timeToExpire: 2, isBlocked: true, timeToBlockExpire: 2 });
  clock.offsetMs = 10_000;
  expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
});

test('addresses are counted apart', async () => {
  const hits = new MemoryHits(new StoppedClock());
  await hits.increment('192.0.2.7', 10_000, 1);

  expect(await hits.increment('192.0.2.8', 10_000, 1)).toMatchObject({ totalHits: 1, isBlocked: false });
});
