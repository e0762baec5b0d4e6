import type { OwnedRule, RuleSet } from './owned-rule.js';
import { RAIL_RULES } from './rail-rules.js';
import { LIMITED_ACTS, type Rule } from './rule.js';
import { dimensionOrder } from './rule-problems.js';
import { asStrictAs } from './strictness.js';

/**
 * The installation's rule that a rule of an application's own stands in for, or null. One that an operator saved may be looser;
 * one that the application saved must be as strict as the other is now, so that what an operator tightens during an attack holds
 * for everybody. What counts across applications can not be replaced by one of them.
 */
export function replacedBy<Kept extends OwnedRule>(
  rule: OwnedRule,
  { installation }: Pick<RuleSet<Kept>, 'installation'>,
): Kept | null {
  const other = installation.find(({ name }) => name === rule.name);
  if (other?.scope !== 'application') return null;
  return rule.savedBy === 'operator' || asStrictAs(rule, other) ? other : null;
}

/** The rules that count for an application, switched-off ones included: one for each name, in the order they are shown in. */
export function holding<Kept extends OwnedRule>(rules: RuleSet<Kept>): Kept[] {
  const known = new Set(rules.installation.map(({ name }) => name));
  const own = rules.own.filter((rule) => !known.has(rule.name) || replacedBy(rule, rules) !== null);
  const replaced = new Set(own.map(({ name }) => name));
  return inOrder([...rules.installation.filter(({ name }) => !replaced.has(name)), ...own]);
}

/** What the limiter counts: what holds and is enabled, and the rails. */
export function effectiveRules(rules: RuleSet): readonly Rule[] {
  const known = new Set(rules.installation.map(({ name }) => name));
  const counted = holding(rules).filter(({ enabled }) => enabled);
  return [
    ...counted.map(({ name, on, by, scope, max, windowSeconds, mode }): Rule => ({
      ...{ name, on, by, scope, max, windowSeconds, mode, ...(!known.has(name) && { own: true }) },
    })),
    ...RAIL_RULES,
  ];
}

/** By what is limited, then by what it is counted for, then the shortest window first. */
export const inOrder = <Shown extends Rule>(rules: Shown[]): Shown[] =>
  rules.sort((a, b) => placeOf(a) - placeOf(b) || a.windowSeconds - b.windowSeconds || (a.name < b.name ? -1 : 1));

const placeOf = ({ on, by }: Rule) => LIMITED_ACTS.indexOf(on) * 1_000 + dimensionOrder(by[0] ?? '') * 10 + by.length;
