import { Injectable } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';
import type { AuditEntry } from './audit-log.js';

/** An entry as it was written, with its place in the chain. */
export interface ReadEntry extends AuditEntry {
  seq: number;
  at: Date;
  /** In hex, like the head's. */
  hash: string;
}

/** The end of the chain: whoever notes it elsewhere notices when the whole log is written anew. */
export interface AuditHead {
  /** Number of the last entry, and so of all of them; 0 while there is none. */
  seq: number;
  hash: string;
}

export interface AuditQuery {
  /** Whose entries; null: everybody's. */
  applicationId: string | null;
  actor?: string | undefined;
  /** What the action begins with: `key.` or `key.created`. */
  action?: string | undefined;
  target?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
  /** Only entries before this one. */
  before?: number | undefined;
  limit: number;
}

/** Each filter's condition over its value; one that is not asked for does not stand in the statement, so that indexes serve. */
const CONDITIONS: [name: keyof AuditQuery, condition: (place: string) => string][] = [
  ['applicationId', (place) => `coalesce(details ->> 'applicationId', target) = ${place}`],
  ['actor', (place) => `actor = ${place}`],
  ['action', (place) => `starts_with(action, ${place})`],
  ['target', (place) => `target = ${place}`],
  ['from', (place) => `at >= ${place}::timestamptz`],
  ['until', (place) => `at < ${place}::timestamptz`],
  ['before', (place) => `seq < ${place}::bigint`],
];

/** What was done, for whoever may know it. */
@Injectable()
export class ReadAudit {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. An entry belongs to the application that its details name as `applicationId`, or that was its target; both are
   * part of the entry's hash.
   *
   * @throws 503 `unavailable`
   */
  find(query: AuditQuery): Promise<ReadEntry[]> {
    const asked = CONDITIONS.filter(([name]) => query[name] !== undefined && query[name] !== null);
    const where = asked.map(([, condition], place) => condition(`$${String(place + 2)}`)).join(' AND ');
    return this.database.query<ReadEntry>(
      `SELECT seq::float8 AS seq, at, actor, action, target, details, encode(hash, 'hex') AS hash FROM audit_log
       ${where && `WHERE ${where}`} ORDER BY audit_log.seq DESC LIMIT $1`,
      [query.limit, ...asked.map(([name]) => query[name])],
    );
  }

  /** @throws 503 `unavailable` */
  async head(): Promise<AuditHead> {
    const [head] = await this.database.query<AuditHead>(
      `SELECT seq::float8 AS seq, encode(hash, 'hex') AS hash FROM audit_head`,
    );
    return head ?? { seq: 0, hash: '' };
  }
}
