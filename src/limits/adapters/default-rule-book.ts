import { RuleBook } from '../application/ports.js';
import { DEFAULT_RULES } from '../domain/default-rules.js';
import type { Rule } from '../domain/rule.js';

/** The same rules for everybody. */
export class DefaultRuleBook extends RuleBook {
  rulesOf(): readonly Rule[] {
    return DEFAULT_RULES;
  }
}
