import { expect, it } from 'vitest';
import { Pace } from './pace.js';

/** Time stands still until a test moves it. */
let now = 0;
const paced = (perSecond: number) => {
  now = 0;
  return new Pace(perSecond, () => now);
};
/** How many of so many that ask at once are let through. */
function through(pace: Pace, asked: number): number {
  let taken = 0;
  for (let n = 0; n < asked; n += 1)
    if (!pace.full()) {
      pace.take();
      taken += 1;
    }
  return taken;
}

it('lets no more through at once than one second’s worth, however long nothing was sent', () => {
  const pace = paced(10);
  now = 3_600_000;
  expect(through(pace, 100)).toBe(10);
});

it.each([0.5, 1, 3, 30, 250])('lets %d a second through over a minute, and the burst it began with', (perSecond) => {
  const pace = paced(perSecond);
  let taken = 0;
  for (now = 0; now <= 60_000; now += 7) taken += through(pace, 20);
  const burst = Math.max(1, perSecond);
  expect(taken).toBeLessThanOrEqual(60 * perSecond + burst);
  expect(taken).toBeGreaterThanOrEqual(60 * perSecond + burst - 2);
});

it('tells those who come too soon to come one after the other, at its pace, and never before there is room', () => {
  const pace = paced(10);
  through(pace, 10);
  const turns = Array.from({ length: 20 }, () => pace.full()?.join() ?? 0);
  turns.forEach((inMs, n) => {
    expect(inMs).toBeGreaterThanOrEqual(100 * (n + 1));
    expect(inMs).toBeLessThanOrEqual(150 * (n + 1));
  });
  now = turns[0] ?? 0;
  expect(pace.full()).toBeNull();
});

it('asking when the next turn is takes none', () => {
  const pace = paced(10);
  through(pace, 10);
  for (let n = 0; n < 50; n += 1) expect(pace.full()?.againInMs).toBe(100);
});

it('lets nobody wait for longer than half a minute before they ask again', () => {
  const pace = paced(1);
  through(pace, 1);
  for (let n = 0; n < 500; n += 1) expect(pace.full()?.join()).toBeLessThanOrEqual(45_000);
});
