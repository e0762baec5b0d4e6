import { expect, it } from 'vitest';
import { momentSchema } from './moment.js';

it.each([
  ['2026-11-23T06:00:00Z', '2026-11-23T06:00:00.000Z'],
  ['2026-11-23T06:00:00.123456+05:30', '2026-11-23T00:30:00.123Z'],
  // Postgres takes offsets of less than 16 hours.
  ['2026-11-23T06:00:00+20:00', '2026-11-22T10:00:00.000Z'],
  ['2999-12-31T23:59:59Z', '2999-12-31T23:59:59.000Z'],
])('%s is a moment', (text, moment) => {
  expect(momentSchema.parse(text).toISOString()).toBe(moment);
});

it.each([
  ...['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '3000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59'],
  ...['yesterday', '2026-11-23', '2026-11-23T06:00:00', '2026-02-30T00:00:00Z', '2026-11-23T06:00:00+24:00', ''],
])('%s is none', (text) => {
  const [issue] = momentSchema.safeParse(text).error?.issues ?? [];
  expect(issue?.message).toMatch(/^must be a moment (like 2026-11-23T06:00:00Z|in the years 1970 to 2999)$/);
});
