import { holding } from './effective-rules.js';
import type { OwnedRule, RuleSet } from './owned-rule.js';
import { weakens } from './strictness.js';

/** One rule made (no `before`), changed, or deleted (no `after`). */
export interface RuleChange<Kept extends OwnedRule = OwnedRule> {
  before: Kept | null;
  after: OwnedRule | null;
}

/** Whether something gets through after the change that was refused before (R80), whichever rule of the name held or holds. */
export function changeWeakens(change: RuleChange, rules: RuleSet): boolean {
  const name = (change.after ?? change.before)?.name;
  const heldIn = (set: RuleSet) => holding(set).find((rule) => rule.name === name) ?? null;
  return weakens(heldIn(rules), heldIn(changed(rules, change)));
}

function changed({ installation, own }: RuleSet, { before, after }: RuleChange): RuleSet {
  const replace = (kept: readonly OwnedRule[]) => [
    ...kept.filter((rule) => rule !== before),
    ...(after ? [after] : []),
  ];
  return (after ?? before)?.applicationId === null
    ? { installation: replace(installation), own }
    : { installation, own: replace(own) };
}
