import { expect, it } from 'vitest';
import { pauseMs } from './backoff.js';
import { Window } from './window.js';

function windowOf(size: number) {
  const time = { ms: 0 };
  return { time, window: new Window(size, () => time.ms) };
}

it('has as much room as it says', () => {
  const { window } = windowOf(2);
  window.inFlight = 1;
  expect(window.hasRoom).toBe(true);
  window.inFlight = 2;
  expect(window.hasRoom).toBe(false);
});

it('pauses once for all that were on their way together, longer each time, and not after a success', () => {
  const { window, time } = windowOf(8);
  const pauses: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    window.throttled();
    window.throttled();
    pauses.push(window.pauseMs);
    expect(window.hasRoom).toBe(false);
    time.ms += window.pauseMs;
    expect(window.hasRoom).toBe(true);
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  window.taken();
  window.throttled();
  expect(window.pauseMs).toBe(1_000);
});

it('lets half as many through afterwards, and one more for each that is taken', () => {
  const { window, time } = windowOf(8);
  window.throttled();
  time.ms = 1_000;
  window.inFlight = 4;
  expect(window.hasRoom).toBe(false);
  window.taken();
  expect(window.hasRoom).toBe(true);
  for (let n = 0; n < 20; n += 1) window.taken();
  window.inFlight = 8;
  expect(window.hasRoom).toBe(false);
});

it('a link is tried ever more slowly, and never by all at the same time', () => {
  const backoff = { firstMs: 250, mostMs: 30_000 };
  expect([1, 2, 3, 8, 100].map((failures) => pauseMs(backoff, failures, () => 1))).toEqual([
    ...[250, 500, 1_000, 30_000, 30_000],
  ]);
  expect(pauseMs(backoff, 3, () => 0)).toBe(500);
});
