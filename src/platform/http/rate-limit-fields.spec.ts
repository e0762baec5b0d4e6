import { expect, test } from 'vitest';
import { rateLimitFields } from './rate-limit-fields.js';

test('R49 tells quota, window, what is left and when one more fits', () => {
  const usedUp = [
    { name: 'recipient-cooldown', max: 1, windowSeconds: 30, retryAfterSeconds: 12 },
    { name: 'recipient-hour', max: 5, windowSeconds: 3_600, retryAfterSeconds: 1_234 },
  ];

  expect(rateLimitFields(usedUp)).toEqual({
    'RateLimit-Policy': '"recipient-cooldown";q=1;w=30, "recipient-hour";q=5;w=3600',
    RateLimit: '"recipient-cooldown";r=0;t=12, "recipient-hour";r=0;t=1234',
  });
});

test('a detector is named without its numbers, and what never comes back has no time', () => {
  expect(rateLimitFields([{ name: 'spray', retryAfterSeconds: 60 }])).toEqual({ RateLimit: '"spray";r=0;t=60' });
  expect(rateLimitFields([{ name: 'sends', max: 5 }])).toEqual({
    'RateLimit-Policy': '"sends";q=5',
    RateLimit: '"sends";r=0',
  });
});

test('nothing in the way, nothing told', () => {
  expect(rateLimitFields([])).toEqual({});
});

test('R93 no name of a rule can end a field and begin another', () => {
  const { RateLimit } = rateLimitFields([{ name: 'a"\\b\r\nSet-Cookie: c=1\u00e4', retryAfterSeconds: 1 }]);

  expect(RateLimit).toBe('"a\\"\\\\bSet-Cookie: c=1";r=0;t=1');
});
