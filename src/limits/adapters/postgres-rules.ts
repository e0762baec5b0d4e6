import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { LiveValues } from '../../platform/live/live-values.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { RuleLedger, type DecidedChange } from '../application/ports.js';
import type { OwnedRule, RuleSet, SavedRule } from '../domain/owned-rule.js';
import { RULES_TOPIC } from './live-rule-book.js';
import { ALL_COLUMNS } from './rule-rows.js';

const READ = `SELECT ${ALL_COLUMNS} FROM limit_rules WHERE application_id IS NULL OR application_id = $1`;

const SAVE = `
  INSERT INTO limit_rules (id, application_id, name, "on", by, scope, max, window_seconds, mode, enabled, note, saved_by, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  ON CONFLICT (id) DO UPDATE SET
    "on" = excluded."on", by = excluded.by, scope = excluded.scope, max = excluded.max, mode = excluded.mode,
    window_seconds = excluded.window_seconds, enabled = excluded.enabled, note = excluded.note, saved_by = excluded.saved_by,
    version = excluded.version, updated_at = now()`;

/** The rules in Postgres. Every change is audited with before and after, and announced to all nodes. */
@Injectable()
export class PostgresRules extends RuleLedger {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {
    super();
  }

  read(applicationId: string | null): Promise<RuleSet<SavedRule>> {
    return read(applicationId, (sql, values) => this.database.query(sql, values));
  }

  async change(
    { applicationId, actor }: { applicationId: string | null; actor: string },
    decide: (rules: RuleSet<SavedRule>) => DecidedChange,
  ): Promise<RuleSet<SavedRule>> {
    const after = await this.database.transaction(async (query) => {
      // The topic's row is locked from here to the commit: whoever else changes rules waits, and then sees this change.
      await this.live.mark(RULES_TOPIC, query);
      const change = decide(await read(applicationId, query));
      await write(change, query);
      const rules = await read(applicationId, query);
      await this.audit.append({ actor, ...entryOf(change) }, query);
      return rules;
    });
    await this.live.announce();
    return after;
  }
}

async function read(applicationId: string | null, query: Query): Promise<RuleSet<SavedRule>> {
  const rules = await query<SavedRule>(READ, [applicationId]);
  return {
    installation: rules.filter((rule) => rule.applicationId === null),
    own: rules.filter((rule) => rule.applicationId !== null),
  };
}

async function write({ before, after }: DecidedChange, query: Query): Promise<void> {
  if (!after) {
    await query('DELETE FROM limit_rules WHERE id = $1', [before?.id]);
    return;
  }
  const { id, applicationId, name, on, by, scope, max, windowSeconds, mode, enabled, note, savedBy, version } = after;
  const values = [id, applicationId, name, on, by, scope, max, windowSeconds, mode, enabled, note, savedBy, version];
  await query(SAVE, values);
}

function entryOf({ before, after, weakens }: DecidedChange) {
  const verb = before ? (after ? 'changed' : 'deleted') : 'created';
  const { id, applicationId } = (after ?? before) as OwnedRule;
  const details = { applicationId, before: before && auditable(before), after: after && auditable(after) };
  return { action: `rule.${verb}`, target: id, details: { ...details, ...(weakens && { weakens }) } };
}

const auditable = ({ name, on, by, scope, max, windowSeconds, mode, enabled, note, version }: OwnedRule) => ({
  ...{ name, on, by, scope, max, windowSeconds, mode, enabled, note, version },
});
