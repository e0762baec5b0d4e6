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
    const why = unsoundness(row);
    if (why !== null) throw new UnsoundRules([row], why);
  }
  return rows;
}

/**
 * The same for a process that starts, which has no last good set to keep: what is not sound is left out, so that the rails and all
 * the others hold, and somebody can delete it over HTTP.
 *
 * @returns the sound ones, and an error that names the others; null where there are none.
 */
export function soundAmong(rows: OwnedRule[]): { sound: OwnedRule[]; refused: UnsoundRules | null } {
  const unsound = rows.filter((row) => unsoundness(row) !== null);
  const why = unsound[0] ? (unsoundness(unsound[0]) ?? '') : '';
  return {
    sound: rows.filter((row) => !unsound.includes(row)),
    refused: unsound.length > 0 ? new UnsoundRules(unsound, why) : null,
  };
}

/** Why a rule can not hold, or null. */
function unsoundness(row: OwnedRule): string | null {
  const [problem] = problemsOf(row);
  if (problem) return `${problem.path.join('.')} ${problem.message}`;
  return isRail(row.name) ? 'it has the name of a rail' : null;
}

export class UnsoundRules extends Error {
  readonly ids: string[];

  constructor(rows: readonly OwnedRule[], why: string) {
    const ids = rows.map(({ id }) => id);
    super(`The rule ${ids.join(', ')} can not hold: ${why}.`);
    this.name = 'UnsoundRules';
    this.ids = ids;
  }
}
