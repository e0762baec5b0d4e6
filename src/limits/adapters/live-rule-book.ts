import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { LiveValues, type Live } from '../../platform/live/live-values.js';
import { Database } from '../../platform/postgres/database.js';
import { unavailable } from '../../shared/refusals.js';
import { RuleBook } from '../application/ports.js';
import type { OwnedRule } from '../domain/owned-rule.js';
import type { Rule } from '../domain/rule.js';
import { COLUMNS, soundAmong, soundRules } from './rule-rows.js';
import { RulesInMemory } from './rules-in-memory.js';

/** What changes of rules are announced as. */
export const RULES_TOPIC = 'limit-rules';

/** The rules of the ledger, as this node last read them in one piece; one that is not sound leaves the last good ones in place, and is left out by a process that starts. */
@Injectable()
export class LiveRuleBook extends RuleBook implements OnModuleInit {
  private rules: Live<RulesInMemory> | null = null;

  constructor(
    private readonly values: LiveValues,
    private readonly database: Database,
    private readonly log: Log,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.rules = await this.values.keep(RULES_TOPIC, () => this.read());
  }

  /** @throws 503 `unavailable` before the rules were read for the first time. */
  rulesOf(applicationId: string): readonly Rule[] {
    if (!this.rules) throw unavailable('The limits are not known yet. Try again shortly.');
    return this.rules.now.of(applicationId);
  }

  private async read(): Promise<RulesInMemory> {
    const rows = await this.database.query<OwnedRule>(`SELECT ${COLUMNS} FROM limit_rules`);
    if (this.rules) return new RulesInMemory(soundRules(rows));
    const { sound, refused } = soundAmong(rows);
    if (refused) this.log.failure('live.refused', refused, { topic: RULES_TOPIC, ids: refused.ids });
    return new RulesInMemory(sound);
  }
}
