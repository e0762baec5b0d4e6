import { holding, inOrder, replacedBy } from '../domain/effective-rules.js';
import type { RuleMaker, RuleSet, SavedRule } from '../domain/owned-rule.js';
import { RAIL_RULES } from '../domain/rail-rules.js';

/** A rule as whoever it concerns is shown it. */
export interface ShownRule extends Omit<SavedRule, 'createdAt' | 'updatedAt' | 'applicationId'> {
  owner: 'installation' | 'application';
  savedBy: RuleMaker;
  /** Whether nobody can change it. */
  rail: boolean;
  /** False where the installation's rule of the same name has become stricter and holds instead. */
  holds: boolean;
  /** Id of the installation's rule that it stands in for, or null. */
  replaces: string | null;
  /** Null for rails, which are part of the program. */
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** The rails: their names are their ids. */
export const RAILS: readonly ShownRule[] = RAIL_RULES.map(({ clearedBySuccess, ...rule }) => ({
  ...rule,
  id: rule.name,
  ...{ owner: 'installation', savedBy: 'operator', rail: true, holds: true, replaces: null, enabled: true },
  note: clearedBySuccess ? 'In a row: a right code starts it anew.' : 'Holds whatever the others say.',
  ...{ version: 1, createdAt: null, updatedAt: null },
}));

/** Everything an owner should know of: the rails, what holds of the installation's, and all of its own. */
export function listed(rules: RuleSet<SavedRule>): ShownRule[] {
  const holds = new Set(holding(rules));
  const others = rules.own.filter((rule) => !holds.has(rule));
  return [...RAILS, ...inOrder([...holds, ...others]).map((rule) => shown(rule, rules, holds.has(rule)))];
}

/** @param rules among which it stands. */
export function shown(
  { applicationId, ...rule }: SavedRule,
  rules: RuleSet<SavedRule>,
  holds = holding(rules).some(({ id }) => id === rule.id),
): ShownRule {
  const replaces = applicationId === null ? null : (replacedBy({ applicationId, ...rule }, rules)?.id ?? null);
  return { ...rule, owner: applicationId === null ? 'installation' : 'application', rail: false, holds, replaces };
}
