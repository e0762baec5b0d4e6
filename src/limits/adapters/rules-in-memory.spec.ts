import { expect, test } from 'vitest';
import { DEFAULT_RULES, SEEDED_RULES } from '../domain/default-rules.js';
import type { OwnedRule } from '../domain/owned-rule.js';
import { soundRules } from './rule-rows.js';
import { RulesInMemory } from './rules-in-memory.js';

const saved = { applicationId: null, savedBy: 'operator', version: 1 } as const;
const installation: OwnedRule[] = SEEDED_RULES.map((rule) => ({ ...rule, ...saved, id: rule.name }));
const FOR_ALL = DEFAULT_RULES.length;

const own = (applicationId: string, n: number): OwnedRule => ({
  ...{ ...saved, id: `${applicationId}-${String(n)}`, applicationId, savedBy: 'application', name: `own-${String(n)}` },
  ...{ on: 'send', by: ['ip', 'subject'], scope: 'application', max: 5, windowSeconds: 60 + n },
  ...{ mode: 'enforce', enabled: true, note: '' },
});

test('10,000 rules of 200 applications: each has its own and the installation’s, and the same array each time', () => {
  const applications = Array.from({ length: 200 }, (_, n) => `app_${String(n)}`);
  const rows = applications.flatMap((id) => Array.from({ length: 50 }, (_, n) => own(id, n)));
  const rules = new RulesInMemory(soundRules([...installation, ...rows]));

  for (const id of applications) {
    expect(rules.of(id)).toHaveLength(FOR_ALL + 50);
    expect(rules.of(id)).toBe(rules.of(id));
  }
  expect(rules.of('app_0')).not.toBe(rules.of('app_1'));
});

test('applications that have no rules of their own share one array', () => {
  const rules = new RulesInMemory([...installation, own('app_1', 1)]);

  expect(rules.of('app_2')).toHaveLength(FOR_ALL);
  expect(rules.of('app_2')).toBe(rules.of('app_3'));
});

test.each<[string, Partial<OwnedRule>, RegExp]>([
  ['a dimension that there is not', { by: ['phone' as 'ip'] }, /by\.0/],
  ['two that are one', { by: ['ip', 'ip'] }, /by\.1/],
  ['no room at all', { max: 0 }, /max/],
  ['no window', { windowSeconds: 0 }, /windowSeconds/],
  ['the name of a rail', { name: 'recipient-failures-in-a-row' }, /rail/],
  ['acts that there are not', { on: 'resend' as 'send' }, /on/],
])('a rule with %s is found, and named', (_what, change, why) => {
  const rows = [...installation, { ...own('app_1', 1), id: 'rule_bad', ...change }];

  expect(() => soundRules(rows)).toThrow(/rule_bad/);
  expect(() => soundRules(rows)).toThrow(why);
});
