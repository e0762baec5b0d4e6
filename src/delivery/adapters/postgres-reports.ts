import { Injectable } from '@nestjs/common';
import { happened, tellDelivery } from '../../events/delivery-event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import type { Channel } from '../../shared/channel.js';
import { observe, observed } from '../../shared/observations.js';
import { Reports, type KeptReport } from '../application/ledger.js';
import type { DeliveryStatus } from '../domain/delivery.js';
import type { Report } from '../domain/outcome.js';
import type { ReportEffect } from '../domain/report-effect.js';
import { cameFor } from './came-for.js';

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
    (SELECT id, delivery_id, created_at FROM send_attempts s WHERE ${cameFor('r', 's')} ORDER BY created_at DESC LIMIT 1)
  ) a ON true
  LEFT JOIN deliveries d ON d.id = a.delivery_id`;

/** Whoever can make genuine reports, such as a mail's recipient, can make many: enough for any vendor is kept of an attempt. */
const MOST_OF_ATTEMPT = 50;

const INSERT = 'INSERT INTO reports (provider_id, attempt_id, provider_message_id, status, cause, detail, transient)';
const CONTENT = '$3::text, $4::text, $5::text, $6::text, $7::boolean';

/** A repeated report that has had no effect yet is taken up again: the process may have died before applying it. */
const ofAttempt = (known: string) => `
  ours AS (
    ${INSERT} SELECT $1::text, known.id, ${CONTENT} FROM ${known}
    WHERE (SELECT count(*) FROM reports WHERE attempt_id = known.id) < ${String(MOST_OF_ATTEMPT)}
    ON CONFLICT DO NOTHING RETURNING *),
  again AS (
    SELECT reports.* FROM reports JOIN ${known} ON reports.attempt_id = known.id
    WHERE reports.provider_id = $1 AND reports.status = $4 AND reports.detail = $6 AND reports.effect IS NULL)`;

const KEEP_BY_ATTEMPT = `
  WITH known AS (SELECT $2::text AS id), ${ofAttempt('known')},
  r AS (SELECT * FROM ours UNION ALL SELECT * FROM again)
  SELECT ${KEPT} FROM r ${WITH_DELIVERY}`;

/** A stray that is said again counts from now: the id may have come again, and stand for a message whose submit is not recorded yet. */
const KEEP_BY_MESSAGE = `
  WITH named AS (
    SELECT $1::text AS provider_id, $2::text AS attempt_id, $3::text AS provider_message_id, now() AS received_at),
  known AS (
    SELECT s.id FROM send_attempts s JOIN named ON ${cameFor('named', 's')} ORDER BY s.created_at DESC LIMIT 1),
  ${ofAttempt('known')},
  stray AS (
    ${INSERT} SELECT $1::text, NULL, ${CONTENT} WHERE NOT EXISTS (SELECT FROM known)
    ON CONFLICT (provider_id, provider_message_id, status, detail) WHERE attempt_id IS NULL
    DO UPDATE SET received_at = now(), cause = excluded.cause, transient = excluded.transient, effect = NULL RETURNING *),
  r AS (SELECT * FROM ours UNION ALL SELECT * FROM again UNION ALL SELECT * FROM stray)
  SELECT ${KEPT} FROM r ${WITH_DELIVERY}`;

const FIND = `SELECT ${KEPT} FROM reports r ${WITH_DELIVERY} WHERE r.id = $1 AND r.effect IS NULL`;

const WAITING = `
  SELECT ${KEPT} FROM deliveries d JOIN send_attempts a ON a.delivery_id = d.id JOIN LATERAL (
    SELECT * FROM reports WHERE attempt_id = a.id AND provider_id = a.provider_id
    UNION ALL
    SELECT * FROM reports WHERE ${cameFor('reports', 'a')}
  ) r ON r.effect IS NULL
  WHERE d.id = $1 ORDER BY r.id`;

/** A stray has found its attempt and is its own from now on, unless the same was said again meanwhile. */
const settled = (effect: string, attempt: string) => `
  UPDATE reports SET effect = ${effect}, attempt_id = CASE WHEN attempt_id IS NULL AND NOT EXISTS (
    SELECT FROM reports same WHERE same.attempt_id = ${attempt}::text AND same.provider_id = reports.provider_id
      AND same.status = reports.status AND same.detail = reports.detail) THEN ${attempt}::text ELSE attempt_id END`;

type Change = Exclude<ReportEffect['kind'], 'none'>;

/** What each effect writes. Clearing the lease takes the delivery out of the hands of a worker that is about to act on the old state. */
const CHANGES = {
  delivered: `status = 'delivered', sent_at = coalesce(sent_at, now()), ended_at = now(), due_at = NULL`,
  failed: `status = 'failed', sent_at = coalesce(sent_at, now()), ended_at = now(), due_at = now()`,
  'delivered-late': `delivered_late_at = coalesce(delivered_late_at, now()), due_at = NULL`,
} satisfies Record<Change, string>;

/** A report that overtakes the record of the submit tells of that too, and a message arrives late only once. */
const NEWS = {
  delivered: sentFirst('delivery.delivered'),
  failed: sentFirst('delivery.failed'),
  'delivered-late': `CASE delivered_late_at WHEN now() THEN ${happened('delivery.delivered')} ELSE '{}' END`,
} satisfies Record<Change, string>;

/** Whoever finds the time of this very statement has written it. */
function sentFirst(type: 'delivery.delivered' | 'delivery.failed'): string {
  return `CASE sent_at WHEN now() THEN ${happened('delivery.sent', type)} ELSE ${happened(type)} END`;
}

const change = (effect: Change) => `
  WITH moved AS (
    UPDATE deliveries SET ${CHANGES[effect]}, cause = coalesce($5, cause), transient = coalesce($7, transient), lease_until = NULL
    WHERE id = $1 AND status = $2 AND attempt_id IS NOT DISTINCT FROM $3
    RETURNING id, message_id, application_id, channel, country, cause, $8::text AS attempt_id,
      ${String(effect === 'delivered-late')} AS late, ${NEWS[effect]} AS happened),
  ${tellDelivery('moved')}
  ${settled('$6', '$8')} WHERE id = $4 AND EXISTS (SELECT FROM moved)
  RETURNING extract(epoch FROM now())::float8 AS "appliedAt"`;

const CHANGE = { delivered: change('delivered'), failed: change('failed'), 'delivered-late': change('delivered-late') };

const CHANGE_NOTHING = `${settled('$2', '$3')} WHERE id = $1`;

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

  async apply({ id, attemptId, delivery, way }: KeptReport, effect: ReportEffect): Promise<boolean> {
    if (!delivery) return false;
    if (effect.kind === 'none') {
      await this.database.query(CHANGE_NOTHING, [id, `none: ${effect.because}`, attemptId]);
      return true;
    }
    const { cause, transient } = effect.kind === 'failed' ? effect : { cause: null, transient: null };
    const values = [delivery.id, delivery.status, delivery.attemptId, id, cause, effect.kind, transient, attemptId];
    const [applied] = await this.database.query<{ appliedAt: number }>(CHANGE[effect.kind], values);
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

function tellApplied({ submittedAt, ...way }: NonNullable<KeptReport['way']>, effect: Change, appliedAt: number): void {
  observe({ kind: 'report-applied', way, effect, seconds: appliedAt - submittedAt });
  if (effect !== 'delivered-late') observe({ kind: 'delivery-ended', way, status: effect });
}
