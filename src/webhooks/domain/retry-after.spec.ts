import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.UTC(2026, 10, 23, 12);

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Mon, 23 Nov 2026 12:01:30 GMT', 90_000],
  ['Mon, 23 Nov 2026 11:59:00 GMT', null],
  ['tomorrow', null],
  ['2026-11-24', null],
  ['-5', null],
  ['1e3', null],
  ['', null],
  [undefined, null],
])('R84 Retry-After %o is a wait of %o ms', (value, ms) => {
  expect(retryAfterMs(value, NOW)).toBe(ms);
});
