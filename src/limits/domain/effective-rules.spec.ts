import { expect, test } from 'vitest';
import { countedNames } from './counted-names.js';
import { effectiveRules, holding, replacedBy } from './effective-rules.js';
import type { OwnedRule } from './owned-rule.js';
import { RAIL_RULES } from './rail-rules.js';

const rule = (name: string, max: number, more: Partial<OwnedRule> = {}): OwnedRule => ({
  ...{ id: `${name}-${String(max)}`, name, on: 'send', by: ['recipient'], scope: 'application', mode: 'enforce' },
  ...{ max, windowSeconds: 3_600, enabled: true, note: '', applicationId: null, savedBy: 'operator', version: 1 },
  ...more,
});
const own = (name: string, max: number, more: Partial<OwnedRule> = {}) =>
  rule(name, max, { applicationId: 'app_1', savedBy: 'application', ...more });

const idsOf = (rules: readonly OwnedRule[]) => rules.map(({ id }) => id);

test('the rails count whatever else there is', () => {
  expect(effectiveRules({ installation: [], own: [] })).toEqual(RAIL_RULES);
  expect(effectiveRules({ installation: [rule('hour', 5)], own: [] })).toHaveLength(RAIL_RULES.length + 1);
});

test('what is switched off counts nothing, and keeps the one it replaces from counting', () => {
  const off = own('hour', 5, { enabled: false, savedBy: 'operator' });

  expect(effectiveRules({ installation: [rule('hour', 5)], own: [off] })).toEqual(RAIL_RULES);
});

test('an application’s rule replaces the installation’s of its name where it is as strict', () => {
  const installation = [rule('hour', 5), rule('day', 9)];

  expect(idsOf(holding({ installation, own: [own('hour', 4)] }))).toEqual(['day-9', 'hour-4']);
  expect(idsOf(holding({ installation, own: [own('hour', 6)] }))).toEqual(['day-9', 'hour-5']);
  expect(idsOf(holding({ installation, own: [own('hour', 6, { savedBy: 'operator' })] }))).toEqual(['day-9', 'hour-6']);
  expect(idsOf(holding({ installation, own: [own('mine', 7)] }))).toEqual(['day-9', 'hour-5', 'mine-7']);
});

test('nothing of an application’s replaces a rule that counts across applications', () => {
  const installation = [rule('everywhere', 5, { scope: 'global' })];
  const stricter = own('everywhere', 1, { savedBy: 'operator' });

  expect(replacedBy(stricter, { installation })).toBeNull();
  expect(idsOf(holding({ installation, own: [stricter] }))).toEqual(['everywhere-5']);
});

test('no two that hold have one name', () => {
  const installation = ['a1', 'b1', 'c1'].map((name) => rule(name, 5));
  const names = holding({ installation, own: [own('a1', 1), own('b1', 9), own('d1', 1)] }).map(({ name }) => name);

  expect(names.toSorted()).toEqual(['a1', 'b1', 'c1', 'd1']);
});

test('they are ordered by what they limit, by what they are counted for, and the shortest window first', () => {
  const installation = [
    rule('z', 1, { on: 'failed-check' }),
    rule('y', 1, { by: ['ip'] }),
    rule('x', 1, { windowSeconds: 86_400 }),
    rule('w', 1, { by: ['recipient', 'ip'] }),
    rule('v', 1),
    rule('u', 1, { on: 'check', by: ['custom:session'] }),
  ];

  expect(holding({ installation, own: [] }).map(({ name }) => name)).toEqual(['v', 'x', 'w', 'y', 'u', 'z']);
});

test('metrics call what an application has named itself `own`, and keep the name of an installation’s that it replaces', () => {
  const rules = effectiveRules({
    installation: [rule('hour', 5)],
    own: [own('hour', 4), own('mine', 7), own('too', 7)],
  });

  expect(countedNames(['hour', 'mine', 'too', 'spend-day'], rules)).toEqual(['hour', 'own', 'spend-day']);
});
