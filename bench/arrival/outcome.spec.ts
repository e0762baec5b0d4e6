import { expect, test } from 'vitest';
import { secondsUntil } from './outcome.js';

test('the time by which a share of the people had a code', () => {
  const times = [9_000, 1_000, 5_000, 3_000, 7_000];

  expect(secondsUntil(0.5, times)).toBe(5);
  expect(secondsUntil(0.95, times)).toBe(9);
});

test('those who never had one are the slowest, and can be the answer', () => {
  const times = [2_000, Infinity, 1_000, 4_000];

  expect(secondsUntil(0.5, times)).toBe(2);
  expect(secondsUntil(0.95, times)).toBeNull();
});
