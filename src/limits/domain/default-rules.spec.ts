import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEEDED_RULES } from './default-rules.js';
import { RAIL_RULES } from './rail-rules.js';
import type { RuleOrder } from './owned-rule.js';
import { rateText } from '../../shared/rate.js';
import { problemsOf } from './rule-problems.js';
import type { Rule } from './rule.js';

const documented = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8');

/** The cells of each row that names a rule. */
function tableBelow(heading: string): string[][] {
  const section = documented.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

const modeOf = ({ mode, enabled }: RuleOrder) => (enabled ? mode : `${mode}, off`);
const rowOf = (rule: Rule) => [rule.name, rule.on, rule.by.join(', '), rateText(rule), rule.scope];

test('the defaults are sound rules', () => {
  expect(SEEDED_RULES.flatMap(problemsOf)).toEqual([]);
});

test('docs/limits.md has the rules an installation begins with', () => {
  expect(tableBelow('The rules you begin with')).toEqual(SEEDED_RULES.map((rule) => [...rowOf(rule), modeOf(rule)]));
});

test('docs/limits.md has the rails', () => {
  expect(tableBelow('Rails').map((cells) => cells.slice(0, 5))).toEqual(RAIL_RULES.map(rowOf));
});
