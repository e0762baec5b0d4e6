import { changedMeanwhile, invalidRequest, notFound } from '../../shared/refusals.js';
import type { OwnedRule, RuleMaker, RuleSet, SavedRule } from '../domain/owned-rule.js';
import { isRail } from '../domain/rail-rules.js';
import { asStrictAs } from '../domain/strictness.js';
import { isRailRule, looser, MOST_WINDOWS, operatorsRule, tooManyWindows } from './rule-refusals.js';

/** Whose rules somebody acts on, and as what. */
export interface RuleKeeper {
  /** Null: the installation's. */
  applicationId: string | null;
  as: RuleMaker;
  /** Id of the API key, for the audit log. */
  actor: string;
}

/** A rule, and the version a change is made from. */
export interface RuleVersion {
  id: string;
  version: number;
}

/**
 * The rule that somebody wants to change or delete.
 *
 * @throws 404 `not-found`; 412 `version-mismatch`; 422 `rail` for a rail, `operators-rule` for what an application may only see.
 */
export function changeable(keeper: RuleKeeper, asked: RuleVersion, rules: RuleSet<SavedRule>): SavedRule {
  const { applicationId, as } = keeper;
  const found = [...rules.own, ...rules.installation].find(({ id }) => id === asked.id);
  if (isRail(asked.id)) throw isRailRule();
  if (!found) throw notFound('rule');
  if (found.applicationId !== applicationId || (as === 'application' && found.savedBy === 'operator'))
    throw operatorsRule();
  if (found.version !== asked.version) throw changedMeanwhile(found.version);
  return found;
}

/**
 * Nothing, where a rule as it would be saved adds no window to a thing that has as many as one may have. What was there stays
 * changeable: a rule may be tightened however many there are.
 *
 * @param theirs the rules of its owner, as they are.
 * @throws 422 `too-many-windows`
 */
export function mustFit(after: OwnedRule, before: OwnedRule | null, theirs: readonly OwnedRule[]): void {
  const thing = countedTogether(after);
  if (!after.enabled || (before?.enabled && countedTogether(before) === thing)) return;
  const others = theirs.filter((rule) => rule.enabled && rule.id !== after.id && countedTogether(rule) === thing);
  if (others.length >= MOST_WINDOWS) throw tooManyWindows();
}

const countedTogether = ({ on, by, scope }: OwnedRule) => `${on} ${scope} ${[...by].sort().join('+')}`;

/**
 * A rule as it would be saved.
 *
 * @returns what it was given.
 * @throws 400 `invalid-request` where an application's would count across all; 422 `rail` where it would stand in for what holds
 *   for everybody, `looser` where an application would get more than the installation gives.
 */
export function allowed(rule: OwnedRule, { installation }: RuleSet): OwnedRule {
  if (isRail(rule.name)) throw isRailRule();
  if (rule.applicationId === null) return rule;
  const message = 'is application: only the installation has rules that count across all';
  if (rule.scope === 'global') throw invalidRequest(`scope: ${message}`, [{ path: 'scope', message }]);
  const other = installation.find(({ name }) => name === rule.name);
  if (other?.scope === 'global') throw isRailRule();
  if (other && rule.savedBy === 'application' && !asStrictAs(rule, other)) throw looser(other);
  return rule;
}
