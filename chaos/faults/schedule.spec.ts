import { expect, test } from 'vitest';
import { FAULT_KINDS } from '../history/faults.js';
import { Seeded } from '../seeded.js';
import { drawSchedule, type PlannedFault } from './schedule.js';

const LONG_MS = 30 * 60_000;

const drawn = (seed: number, forMs = LONG_MS) =>
  drawSchedule(FAULT_KINDS, forMs, Seeded.from(seed)).map(({ random, ...fault }) => ({
    ...fault,
    draws: random.next(),
  }));

const overlap = (a: PlannedFault, b: PlannedFault) => a.atMs < b.atMs + b.lastsMs && b.atMs < a.atMs + a.lastsMs;

test('the same seed draws the same faults, down to what each will choose; another seed draws others', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(8)).not.toEqual(drawn(7));
});

test('a long run meets every kind of fault many times, and ends in time', () => {
  const faults = drawn(7);
  for (const kind of FAULT_KINDS) expect(faults.filter((fault) => fault.kind === kind).length).toBeGreaterThan(10);
  for (const { atMs, lastsMs } of faults) expect(atMs + lastsMs).toBeLessThanOrEqual(LONG_MS);
});

test('no two faults of a lane overlap, and nothing happens beside what wants to be alone', () => {
  const faults = drawSchedule(FAULT_KINDS, LONG_MS, Seeded.from(7));
  const clashes = faults.flatMap((a, n) =>
    faults
      .slice(n + 1)
      .filter((b) => overlap(a, b) && (a.lane === b.lane || a.lane === 'alone' || b.lane === 'alone'))
      .map((b) => [a.kind, b.kind]),
  );
  expect(clashes).toEqual([]);
});

test('what is not wanted is not drawn, and what takes longer than the run neither', () => {
  expect(drawSchedule(['freeze'], 10_000, Seeded.from(7))).toEqual([]);
  expect(new Set(drawSchedule(['kill', 'redis-wipe'], 20_000, Seeded.from(7)).map(({ kind }) => kind))).toEqual(
    new Set(['kill', 'redis-wipe']),
  );
});
