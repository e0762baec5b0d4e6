import { effectiveRules } from '../domain/effective-rules.js';
import type { OwnedRule } from '../domain/owned-rule.js';
import type { Rule } from '../domain/rule.js';

const NONE: readonly OwnedRule[] = [];

/** All rules of one reading. What holds for an application is worked out when it is first asked for, and kept. */
export class RulesInMemory {
  private readonly installation: readonly OwnedRule[];
  private readonly own = new Map<string | null, OwnedRule[]>();
  private readonly effective = new Map<string, readonly Rule[]>();
  private readonly forMost: readonly Rule[];

  constructor(rows: readonly OwnedRule[]) {
    for (const row of rows) {
      const others = this.own.get(row.applicationId);
      if (others) others.push(row);
      else this.own.set(row.applicationId, [row]);
    }
    this.installation = this.own.get(null) ?? NONE;
    this.forMost = effectiveRules({ installation: this.installation, own: NONE });
  }

  /** The same array each time. Applications without rules of their own share one. */
  of(applicationId: string): readonly Rule[] {
    const own = this.own.get(applicationId);
    if (!own) return this.forMost;
    let rules = this.effective.get(applicationId);
    if (!rules) {
      rules = effectiveRules({ installation: this.installation, own });
      this.effective.set(applicationId, rules);
    }
    return rules;
  }
}
