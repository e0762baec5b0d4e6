import type { Rule } from './rule.js';

/** What whoever makes a rule says about it. */
export interface RuleOrder extends Omit<Rule, 'clearedBySuccess' | 'own'> {
  /** A rule that is not enabled is kept, and counts nothing. */
  enabled: boolean;
  /** Why it is there, for the next person who reads it. */
  note: string;
}

/** Who may save rules: an operator for everybody, an application's `admin` key for its own application. */
export type RuleMaker = 'operator' | 'application';

/** A rule that somebody set, and may change. */
export interface OwnedRule extends RuleOrder {
  id: string;
  /** Null: the installation's. */
  applicationId: string | null;
  /** Whose key saved it last. */
  savedBy: RuleMaker;
  /** Counts its changes, from 1. */
  version: number;
}

/** As the ledger has it. */
export interface SavedRule extends OwnedRule {
  createdAt: Date;
  updatedAt: Date;
}

/** The rules somebody set that matter to an application: the installation's, and its own. */
export interface RuleSet<Kept extends OwnedRule = OwnedRule> {
  installation: readonly Kept[];
  own: readonly Kept[];
}
