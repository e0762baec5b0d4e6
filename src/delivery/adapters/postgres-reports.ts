import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import type { Channel } from '../../shared/channel.js';
import { observe, observed } from '../../shared/observations.js';
import { Reports, type KeptReport } from '../application/ledger.js';
import type { DeliveryStatus } from '../domain/delivery.js';
import type { Report } from '../domain/outcome.js';
import type { ReportEffect } from '../domain/report-effect.js';

type Row = Omit<KeptReport, 'delivery' | 'way'> & {
  deliveryId: string | null;
  deliveryStatus: DeliveryStatus;
  currentAttemptId: string | null;
  channel: Channel;
  country: string | null;
  providerId: string;
  submittedAt: number;
};

const KEPT = `r.id, coalesce(r.attempt_id, a.id) AS "attemptId", r.status, r.cause, r.transient,
  d.id AS "deliveryId", d.status AS "deliveryStatus", d.attempt_id AS "currentAttemptId",
  d.channel, d.country, r.provider_id AS "providerId", extract(epoch FROM a.created_at)::float8 AS "submittedAt"`;

/**
 * A report names the attempt, or the provider's own id of the message; either way the provider must be the attempt's. Two
 * look-ups instead of one OR, so that each has its index however large the tables are.
 */
const WITH_DELIVERY = `
  LEFT JOIN LATERAL (
    SELECT id, delivery_id, created_at FROM send_attempts WHERE id = r.attempt_id AND provider_id = r.provider_id
    UNION ALL
    SELECT id, delivery_id, created_at FROM send_attempts
    WHERE r.attempt_id IS NULL AND provider_id = r.provider_id AND provider_message_id = r.provider_message_id
  ) a ON true
  LEFT JOIN deliveries d ON d.id = a.delivery_id`;

/** A repeated report that has had no effect yet is taken up again: the process may have died before applying it. */
const keep = (same: string) => `
  WITH fresh AS (
    INSERT INTO reports (provider_id, attempt_id, provider_message_id, status, cause, detail, transient)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING *),
  r AS (
    SELECT * FROM fresh
    UNION ALL
    SELECT * FROM reports WHERE provider_id = $1 AND ${same} AND status = $4 AND detail = $6 AND effect IS NULL)
  SELECT ${KEPT} FROM r ${WITH_DELIVERY}`;
const KEEP_BY_ATTEMPT = keep('attempt_id = $2');
const KEEP_BY_MESSAGE = keep('attempt_id IS NULL AND provider_message_id = $3');

const FIND = `SELECT ${KEPT} FROM reports r ${WITH_DELIVERY} WHERE r.id = $1 AND r.effect IS NULL`;

const WAITING = `
  SELECT ${KEPT} FROM deliveries d JOIN send_attempts a ON a.delivery_id = d.id JOIN LATERAL (
    SELECT * FROM reports WHERE attempt_id = a.id AND provider_id = a.provider_id
    UNION ALL
    SELECT * FROM reports
    WHERE attempt_id IS NULL AND provider_id = a.provider_id AND provider_message_id = a.provider_message_id
  ) r ON r.effect IS NULL
  WHERE d.id = $1 ORDER BY r.id`;

/** What each effect writes. Clearing the lease takes the delivery out of the hands of a worker that is about to act on the old state. */
const CHANGES = {
  delivered: `status = 'delivered', sent_at = coalesce(sent_at, now()), ended_at = now(), due_at = NULL`,
  failed: `status = 'failed', sent_at = coalesce(sent_at, now()), ended_at = now(), due_at = now()`,
  'delivered-late': `delivered_late_at = coalesce(delivered_late_at, now()), due_at = NULL`,
} satisfies Record<Exclude<ReportEffect['kind'], 'none'>, string>;

const change = (set: string) => `
  WITH moved AS (
    UPDATE deliveries SET ${set}, cause = coalesce($5, cause), transient = coalesce($7, transient), lease_until = NULL
    WHERE id = $1 AND status = $2 AND attempt_id IS NOT DISTINCT FROM $3 RETURNING id)
  UPDATE reports SET effect = $6 WHERE id = $4 AND EXISTS (SELECT FROM moved)
  RETURNING extract(epoch FROM now())::float8 AS "appliedAt"`;

/** Delivery reports in Postgres. */
@Injectable()
export class PostgresReports extends Reports {
  constructor(private readonly database: Database) {
    super();
  }

  async keep(report: Report): Promise<KeptReport | null> {
    const { providerId, attemptId, providerMessageId, status, cause, detail, transient = false } = report;
    const statement = attemptId === undefined ? KEEP_BY_MESSAGE : KEEP_BY_ATTEMPT;
    const values = [providerId, attemptId, providerMessageId, status, cause, detail, transient];
    return first(await this.database.query<Row>(statement, values));
  }

  async find(id: string): Promise<KeptReport | null> {
    return first(await this.database.query<Row>(FIND, [id]));
  }

  async waitingFor(deliveryId: string): Promise<KeptReport[]> {
    return (await this.database.query<Row>(WAITING, [deliveryId])).map(toKept);
  }

  async apply({ id, delivery, way }: KeptReport, effect: ReportEffect): Promise<boolean> {
    if (!delivery) return false;
    if (effect.kind === 'none') {
      await this.database.query('UPDATE reports SET effect = $2 WHERE id = $1', [id, `none: ${effect.because}`]);
      return true;
    }
    const { cause, transient } = effect.kind === 'failed' ? effect : { cause: null, transient: null };
    const values = [delivery.id, delivery.status, delivery.attemptId, id, cause, effect.kind, transient];
    const [applied] = await this.database.query<{ appliedAt: number }>(change(CHANGES[effect.kind]), values);
    if (applied && way && observed()) tellApplied(way, effect.kind, applied.appliedAt);
    return applied !== undefined;
  }
}

const first = ([row]: Row[]): KeptReport | null => (row ? toKept(row) : null);

function toKept({ deliveryId, deliveryStatus, currentAttemptId, ...rest }: Row): KeptReport {
  const { channel, country, providerId: provider, submittedAt, ...report } = rest;
  if (deliveryId === null) return { ...report, delivery: null, way: null };
  const delivery = { id: deliveryId, status: deliveryStatus, attemptId: currentAttemptId };
  return { ...report, delivery, way: { channel, provider, country, submittedAt } };
}

function tellApplied(
  { submittedAt, ...way }: NonNullable<KeptReport['way']>,
  effect: Exclude<ReportEffect['kind'], 'none'>,
  appliedAt: number,
): void {
  observe({ kind: 'report-applied', way, effect, seconds: appliedAt - submittedAt });
  if (effect !== 'delivered-late') observe({ kind: 'delivery-ended', way, status: effect });
}
