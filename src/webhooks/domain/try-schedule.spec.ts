import { describe, expect, it } from 'vitest';
import { LONGEST_RETRY_AFTER_MS, MOST_TRIES, nextTryInMs } from './try-schedule.js';

const HOUR = 3_600_000;
const next = (tries: number, askedForMs: number | null, chance: number) => nextTryInMs({ tries, askedForMs, chance });
const waits = (chance: number) =>
  Array.from({ length: MOST_TRIES - 1 }, (_, index) => next(index + 1, null, chance) ?? NaN);
const hours = (chance: number) => waits(chance).reduce((sum, ms) => sum + ms, 0) / HOUR;

describe('tries of a message', () => {
  it('R84 are ten over about 75 hours', () => {
    expect(MOST_TRIES).toBe(10);
    const minutes = waits(0.5).map((ms) => ms / 60_000);
    expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440]);
    expect(hours(0.5)).toBeCloseTo(75.6, 1);
    expect(next(MOST_TRIES, null, 0.5)).toBeNull();
    expect(next(MOST_TRIES, 1_000, 0.5)).toBeNull();
  });

  it('R84 are spread by a tenth either way', () => {
    expect([next(2, null, 0), next(2, null, 1)]).toEqual([270_000, 330_000]);
    expect([hours(0), hours(1)].map(Math.round)).toEqual([68, 83]);
  });

  it('R84 wait longer when the receiver asks for it, never shorter, and no longer than a day', () => {
    expect(next(1, 60_000, 1)).toBe(60_000);
    expect(next(4, 1_000, 0.5)).toBe(2 * HOUR);
    expect(next(1, 365 * 24 * HOUR, 0)).toBe(LONGEST_RETRY_AFTER_MS);
  });
});
