import type { OwnedRule } from '../domain/owned-rule.js';
import { isRail } from '../domain/rail-rules.js';
import { problemsOf } from '../domain/rule-problems.js';

/** A rule as the node counts by it: an `OwnedRule`. */
export const COLUMNS = `id, application_id AS "applicationId", name, "on", by, scope, max, window_seconds AS "windowSeconds",
  mode, enabled, note, saved_by AS "savedBy", version`;

/** A rule as people see it: a `SavedRule`. */
export const ALL_COLUMNS = `${COLUMNS}, created_at AS "createdAt", updated_at AS "updatedAt"`;

/**
 * Rules that came from the ledger, where somebody may have written what the API would have refused.
 *
 * @returns what it was given.
 * @throws an error that names the first rule that is not sound, and why.
 */
export function soundRules(rows: OwnedRule[]): OwnedRule[] {
  for (const row of rows) {
    const [problem] = problemsOf(row);
    if (problem) throw new UnsoundRule(row, `${problem.path.join('.')} ${problem.message}`);
    if (isRail(row.name)) throw new UnsoundRule(row, 'it has the name of a rail');
  }
  return rows;
}

class UnsoundRule extends Error {
  constructor({ id }: OwnedRule, why: string) {
    super(`The rule ${id} can not hold: ${why}.`);
    this.name = 'UnsoundRule';
  }
}
