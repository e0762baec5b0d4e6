import { Limiter } from '../../src/limits/application/limiter.js';
import { Decisions, RuleBook, type Counters } from '../../src/limits/application/ports.js';
import { DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import type { Rule } from '../../src/limits/domain/rule.js';

/** Rules that a test sets, the same for every application. */
export class SetRules extends RuleBook {
  constructor(public rules: readonly Rule[]) {
    super();
  }

  rulesOf(): readonly Rule[] {
    return this.rules;
  }
}

/** Nobody keeps what is decided. */
class Unkept extends Decisions {
  record(): void {
    // It is forgotten.
  }
}

/** A limiter with the default rules, with others, or with those of a book. */
export const limiterOf = (
  counters: Counters,
  rules: readonly Rule[] | RuleBook = DEFAULT_RULES,
  decisions: Decisions = new Unkept(),
) => new Limiter(counters, rules instanceof RuleBook ? rules : new SetRules(rules), decisions);
