import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { LedgerClock } from '../../platform/postgres/ledger-clock.js';
import {
  DecisionLog,
  type DecisionQuery,
  type LoggedDecision,
  type ReplayedDecision,
  type ReplayPage,
} from '../application/decision-log.js';
import { COLUMNS, loggedDecision, type DecisionRow } from './decision-row.js';

/** By what is looked for. Each condition is there only when it is asked for, so that its index can be used. */
const CONDITIONS = {
  applicationId: (n: string) => `application_id = ${n}`,
  on: (n: string) => `limit_on = ${n}`,
  outcome: (n: string) => `outcome = ${n}`,
  refusedBy: (n: string) => `refused_by @> ARRAY[${n}::text] AND ${NOTABLE}`,
  shadowedBy: (n: string) => `shadowed_by @> ARRAY[${n}::text] AND ${NOTABLE}`,
  verificationId: (n: string) => `verification_id = ${n}`,
  ip: (n: string) => `ip = ${n}`,
  recipients: (n: string) => `recipient = ANY (${n}::text[])`,
  from: (n: string) => `at >= ${n}`,
  until: (n: string) => `at < ${n}`,
};

/** In the words of the index of refusals. */
const NOTABLE = '(refused_by IS NOT NULL OR shadowed_by IS NOT NULL)';

const placeAt = (n: number) => `(to_timestamp($${String(n)}::double precision / 1000), $${String(n + 1)}::bigint)`;

/** Joined late, so that only a page of verifications is ever looked up. */
const replay = (whose: string) => `
  SELECT page.*, v.status AS verification_status FROM (
    SELECT ${COLUMNS} FROM decisions
    WHERE ${whose} AND (at, id) > ${placeAt(2)} AND at < to_timestamp($4::double precision / 1000)
    ORDER BY at, id LIMIT $5) AS page
  LEFT JOIN verifications v ON v.id = page.verification_id AND v.application_id = page.application_id
  ORDER BY page.at, page.id`;
const REPLAY_ONE = replay('application_id = $1');
const REPLAY_ALL = replay('$1::text IS NULL');

const nthNewest = (whose: string) => `
  SELECT (extract(epoch FROM at) * 1000)::double precision AS at_ms FROM decisions WHERE ${whose}
  ORDER BY at DESC, id DESC OFFSET $2 LIMIT 1`;
const NTH_NEWEST_OF_ONE = nthNewest('application_id = $1');
const NTH_NEWEST_OF_ALL = nthNewest('$1::text IS NULL');

const FORGET = `
  DELETE FROM decisions WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM decisions WHERE at < now() - $1 * interval '1 hour' ORDER BY at, id LIMIT $2 FOR UPDATE SKIP LOCKED))
  RETURNING 1`;

@Injectable()
export class PostgresDecisionLog extends DecisionLog {
  constructor(
    private readonly database: Database,
    private readonly ledgerClock: LedgerClock,
  ) {
    super();
  }

  now(): Promise<number> {
    return this.ledgerClock.now();
  }

  async find({ before, limit, ...asked }: DecisionQuery): Promise<LoggedDecision[]> {
    const values: unknown[] = [];
    const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
      const value = asked[name as keyof typeof CONDITIONS] ?? null;
      return value === null ? [] : [condition(`$${String(values.push(value))}`)];
    });
    if (before) conditions.push(`(at, id) < ${placeAt(values.push(before.atMs, before.id) - 1)}`);
    const sql = `SELECT ${COLUMNS} FROM decisions ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
      ORDER BY at DESC, id DESC LIMIT $${String(values.push(limit))}`;
    return (await this.database.query<DecisionRow>(sql, values)).map(loggedDecision);
  }

  async nthNewest(applicationId: string | null, n: number): Promise<number | null> {
    const sql = applicationId === null ? NTH_NEWEST_OF_ALL : NTH_NEWEST_OF_ONE;
    const [row] = await this.database.query<{ at_ms: number }>(sql, [applicationId, n - 1]);
    return row?.at_ms ?? null;
  }

  async replay({ applicationId, fromMs, untilMs, after, limit }: ReplayPage): Promise<ReplayedDecision[]> {
    const place = [after?.atMs ?? fromMs, after?.id ?? '0'];
    const sql = applicationId === null ? REPLAY_ALL : REPLAY_ONE;
    const values = [applicationId, ...place, untilMs, limit];
    const rows = await this.database.query<DecisionRow & { verification_status: string | null }>(sql, values);
    return rows.map((row) => ({ ...loggedDecision(row), verificationStatus: row.verification_status }));
  }

  async forget(hours: number, limit: number): Promise<number> {
    return (await this.database.query(FORGET, [hours, limit])).length;
  }
}
