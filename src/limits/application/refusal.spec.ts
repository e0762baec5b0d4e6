import { expect, test } from 'vitest';
import { refusedByLimits } from './refusal.js';

test('only the cooldown in the way: 429 cooldown, with the time to wait', () => {
  expect(refusedByLimits({ kind: 'refused', rules: ['recipient-cooldown'], retryAfterSeconds: 12 })).toMatchObject({
    kind: 'limited',
    code: 'cooldown',
    extras: { retryAfterSeconds: 12, violatedPolicies: ['recipient-cooldown'] },
  });
});

test('any other rule in the way: 429 rate-limited, naming every rule', () => {
  const rules = ['recipient-cooldown', 'recipient-hour'];

  expect(refusedByLimits({ kind: 'refused', rules, retryAfterSeconds: 900 })).toMatchObject({
    code: 'rate-limited',
    extras: { retryAfterSeconds: 900, violatedPolicies: rules },
  });
});

test('R21 a factor that is locked is told apart, unless something else stands in the way as well', () => {
  const refused = (...rules: string[]) =>
    refusedByLimits({ kind: 'refused', rules, retryAfterSeconds: 900 }).extras['reason'];
  expect(refused('factor-failures-15-minutes', 'factor-failures-day')).toBe('factor-locked');
  expect([refused('factor-failures-day', 'ip-failures'), refused('recipient-failures-hour')]).toEqual([
    undefined,
    undefined,
  ]);
});
