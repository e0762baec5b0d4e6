import { Injectable } from '@nestjs/common';
import { Database, type Query } from '../platform/postgres/database.js';
import { canonicalJson } from '../shared/canonical-json.js';

/** What somebody did. Recipients are masked and secrets absent: the log outlives both. */
export interface AuditEntry {
  /** Id of the API key, or `cli`. */
  actor: string;
  /** Noun and verb: `application.created`. */
  action: string;
  /** Id of what it was done to. */
  target: string;
  /**
   * What is worth knowing later; for a change, `before` and `after`. JSON. Its `applicationId` says whose entry it is, unless the
   * target is that application itself: then its administrators may read it.
   */
  details: Record<string, unknown>;
}

/**
 * The head's row lock puts concurrent appends in line, and each sees the hash the one before it left. Hashed are the previous
 * entry's hash, then number, milliseconds and content, each on a line of its own; {@link hashOf} does the same.
 */
const APPEND = `
  WITH head AS (
    UPDATE audit_head SET
      seq = seq + 1,
      previous_hash = hash,
      hash = sha256(hash || convert_to(concat_ws(E'\\n', seq + 1, floor(extract(epoch FROM now()) * 1000)::bigint, $1::text), 'UTF8'))
    RETURNING seq, previous_hash, hash)
  INSERT INTO audit_log (seq, at, actor, action, target, details, previous_hash, hash)
  SELECT seq, date_trunc('milliseconds', now()), $2, $3, $4, $5::jsonb, previous_hash, hash FROM head`;

/** Append-only, each entry chained to the one before by its hash: an edit, a deletion or a new order shows (ASVS 16.4.2). */
@Injectable()
export class AuditLog {
  constructor(private readonly database: Database) {}

  /**
   * Appends one entry. Atomic; concurrent appends get consecutive numbers.
   *
   * @param query of the transaction that makes the change, so that there is no change without its entry and no entry without
   *   its change. Append last: until the commit, every other append waits.
   */
  async append(entry: AuditEntry, query: Query = (sql, values) => this.database.query(sql, values)): Promise<void> {
    const { actor, action, target, details } = entry;
    const content = canonicalJson({ actor, action, target, details });
    await query(APPEND, [content, actor, action, target, JSON.stringify(details)]);
  }
}
