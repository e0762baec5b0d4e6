import { expect, test } from 'vitest';
import type { Rule } from '../domain/rule.js';
import { decide } from './decide.js';
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

test('R21 a factor that is locked is told apart by what the rules in the way count, and not by their names', () => {
  const rule = { scope: 'application', max: 5, windowSeconds: 900, mode: 'enforce' } as const;
  const rules: Rule[] = [
    { ...rule, name: 'guesses', on: 'failed-check', by: ['factor'] },
    { ...rule, name: 'guesses-from-there', on: 'failed-check', by: ['ip', 'factor'] },
    { ...rule, name: 'factor-failures-of-ip', on: 'failed-check', by: ['ip'] },
  ];
  const reason = (...full: string[]) => {
    const fullForMs = Object.fromEntries(full.map((name) => [name, 900_000]));
    const decision = decide([{ kind: 'refused', fullForMs, shadowed: [], levels: {} }], rules);
    return decision.kind === 'refused' ? refusedByLimits(decision).extras['reason'] : decision;
  };
  expect([reason('guesses'), reason('guesses', 'guesses-from-there')]).toEqual(['factor-locked', 'factor-locked']);
  expect([reason('guesses', 'factor-failures-of-ip'), reason('factor-failures-of-ip')]).toEqual([undefined, undefined]);
});
