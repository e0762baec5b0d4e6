import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { invalidRequest, notFound } from '../../shared/refusals.js';
import type { OwnedRule, RuleOrder, RuleSet, SavedRule } from '../domain/owned-rule.js';
import { changeWeakens, type RuleChange } from '../domain/rule-change.js';
import { allowed, changeable, mustFit, type RuleKeeper, type RuleVersion } from './may-change-rule.js';
import { RuleLedger } from './ports.js';
import { MOST_RULES, ruleNameTaken, tooManyRules } from './rule-refusals.js';
import { listed, RAILS, shown, type ShownRule } from './shown-rule.js';

/** What came of a change. `weakens`: something gets through now that was refused before (R80). */
export interface ChangedRule {
  rule: ShownRule;
  weakens: boolean;
}

/** Lists and changes limit rules. A change holds on this node when it is answered, and on all within 5 s (R79). */
@Injectable()
export class ManageRules {
  constructor(
    private readonly ledger: RuleLedger,
    private readonly random: Random,
  ) {}

  /** The rails, what holds of the installation's, and all of the owner's own. */
  async list({ applicationId }: RuleKeeper): Promise<ShownRule[]> {
    return listed(await this.ledger.read(applicationId));
  }

  /** @throws 404 `not-found` for another application's. */
  async find({ applicationId }: RuleKeeper, id: string): Promise<ShownRule> {
    const rules = await this.ledger.read(applicationId);
    const found = RAILS.find((rail) => rail.id === id) ?? shownById(id, rules);
    if (!found) throw notFound('rule');
    return found;
  }

  /**
   * @param order of which `problemsOf` says nothing.
   * @throws 400 `invalid-request` for a global rule of an application; 409 `name-taken`; 422 `too-many-rules`, `too-many-windows`,
   *   `rail`, `looser`.
   */
  create(keeper: RuleKeeper, order: RuleOrder): Promise<ChangedRule> {
    const { applicationId, as: savedBy } = keeper;
    const made: OwnedRule = { ...order, id: this.random.id('rule'), applicationId, savedBy, version: 1 };
    return this.change(keeper, made.id, (rules) => {
      const theirs = applicationId === null ? rules.installation : rules.own;
      if (theirs.some(({ name }) => name === made.name)) throw ruleNameTaken();
      if (theirs.length >= MOST_RULES) throw tooManyRules();
      mustFit(made, null, theirs);
      return { before: null, after: allowed(made, rules) };
    });
  }

  /**
   * @param asked the rule, and the version it was changed from. Its name stays: its counts are kept under it.
   * @throws as `create`, and 404 `not-found`; 412 `version-mismatch`; 422 `operators-rule`.
   */
  replace(keeper: RuleKeeper, asked: RuleVersion, order: RuleOrder): Promise<ChangedRule> {
    return this.change(keeper, asked.id, (rules) => {
      const before = changeable(keeper, asked, rules);
      const errors = [{ path: 'name', message: 'can not change' }];
      if (order.name !== before.name) throw invalidRequest('A rule keeps its name. Make another one.', errors);
      const after = { ...before, ...order, savedBy: keeper.as, version: before.version + 1 };
      mustFit(after, before, keeper.applicationId === null ? rules.installation : rules.own);
      return { before, after: allowed(after, rules) };
    });
  }

  /**
   * @returns whether that weakens.
   * @throws 404 `not-found`; 412 `version-mismatch`; 422 `rail`, `operators-rule`.
   */
  async remove(keeper: RuleKeeper, asked: RuleVersion): Promise<boolean> {
    let weakens = false;
    await this.ledger.change(keeper, (rules) => {
      const change = { before: changeable(keeper, asked, rules), after: null };
      weakens = changeWeakens(change, rules);
      return { ...change, weakens };
    });
    return weakens;
  }

  private async change(
    keeper: RuleKeeper,
    id: string,
    decide: (rules: RuleSet<SavedRule>) => RuleChange<SavedRule>,
  ): Promise<ChangedRule> {
    let weakens = false;
    const rules = await this.ledger.change(keeper, (read) => {
      const change = decide(read);
      weakens = changeWeakens(change, read);
      return { ...change, weakens };
    });
    const rule = shownById(id, rules);
    if (!rule) throw notFound('rule');
    return { rule, weakens };
  }
}

function shownById(id: string, rules: RuleSet<SavedRule>): ShownRule | undefined {
  const found = [...rules.own, ...rules.installation].find((rule) => rule.id === id);
  return found && shown(found, rules);
}
