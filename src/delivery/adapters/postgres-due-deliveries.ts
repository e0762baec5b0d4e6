import { Injectable } from '@nestjs/common';
import { happened, tellDelivery } from '../../events/delivery-event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import type { Channel } from '../../shared/channel.js';
import { Clock } from '../../shared/clock.js';
import { observe, observed } from '../../shared/observations.js';
import {
  DueDeliveries,
  type AttemptEnd,
  type DueDelivery,
  type DueInMs,
  type Settlement,
} from '../application/ledger.js';

const LEASE_MS = 15_000;

/** What a holder must know, with the lease that proves the holding. The exact text of a timestamp comes back as it went out. */
const HELD = `d.id, d.message_id AS "messageId", d.application_id AS "applicationId", d.step, d.channel, d.origin, d.status,
  d.cause, d.country, d.attempts, d.attempt_id AS "attemptId", d.report_timeout_seconds AS "reportTimeoutSeconds",
  d.expires_at AS "expiresAt", d.lease_until::text AS lease,
  extract(epoch FROM d.expires_at - now())::float8 AS "secondsLeft"`;

/** Providers of the steps before it that failed on its channel so that another one may do better (see choose-next-step). */
const OVER_OTHERS = `ARRAY(
    SELECT DISTINCT a.provider_id FROM deliveries earlier JOIN send_attempts a ON a.delivery_id = earlier.id
    WHERE earlier.message_id = d.message_id AND earlier.channel = d.channel AND earlier.step < d.step
      AND earlier.status = 'failed' AND earlier.transient AND a.status <> 'withdrawn')`;

/** The CTE runs once and keeps its locks; `IN (SELECT … LIMIT)` may run again and again and take more than the limit. */
const CLAIM = `
  WITH due AS (
    SELECT id FROM deliveries
    WHERE due_at <= now() AND (lease_until IS NULL OR lease_until <= now())
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE deliveries d SET lease_until = now() + $2 * interval '1 millisecond'
  FROM due WHERE d.id = due.id
  RETURNING ${HELD},
    ARRAY(SELECT provider_id FROM send_attempts WHERE delivery_id = d.id AND status <> 'withdrawn' ORDER BY number) AS tried,
    CASE d.origin WHEN 'fallback' THEN ${OVER_OTHERS} ELSE '{}'::text[] END AS "ruledOut"`;

/** An automatic step is not needed once a message has arrived since the person last asked for one (see choose-next-step). */
const BEGIN = `
  WITH begun AS (
    UPDATE deliveries d SET status = 'submitting', attempts = attempts + 1, attempt_id = $3,
      lease_until = now() + $5 * interval '1 millisecond'
    WHERE id = $1 AND lease_until = $2::timestamptz AND status = 'queued' AND expires_at > now()
      AND NOT (origin = 'fallback' AND EXISTS (
        SELECT FROM deliveries arrived
        WHERE arrived.message_id = d.message_id
          AND coalesce(arrived.delivered_late_at, CASE arrived.status WHEN 'delivered' THEN arrived.ended_at END) >= (
            SELECT max(asked.created_at) FROM deliveries asked
            WHERE asked.message_id = d.message_id AND asked.origin <> 'fallback')))
    RETURNING id, attempts, lease_until::text AS lease),
  attempt AS (
    INSERT INTO send_attempts (id, delivery_id, number, provider_id) SELECT $3, id, attempts, $4 FROM begun)
  SELECT attempts, lease FROM begun`;

/** What a settlement is told as; what goes back to the queue, or was never sent, is nothing to tell. */
const HAPPENED = `CASE status
    WHEN 'sent' THEN ${happened('delivery.sent')}
    WHEN 'failed' THEN ${happened('delivery.failed')}
    WHEN 'unconfirmed' THEN ${happened('delivery.unconfirmed')} ELSE '{}' END`;

const SETTLE = `
  WITH attempt AS (
    UPDATE send_attempts SET status = $6, detail = $7, provider_message_id = $8, ended_at = now(),
      encoding = coalesce($11, encoding), segments = coalesce($12, segments)
    WHERE id = $5 AND status IN ('submitting', 'ambiguous')),
  settled AS (
    UPDATE deliveries SET status = $3::text, lease_until = NULL, cause = $9, note = coalesce($10, note),
      due_at = now() + CASE $3::text WHEN 'sent' THEN report_timeout_seconds * interval '1 second'
                                     ELSE $4 * interval '1 millisecond' END,
      sent_at = CASE $3::text WHEN 'sent' THEN now() ELSE sent_at END,
      ended_at = CASE WHEN $3::text IN ('failed', 'unconfirmed', 'canceled') THEN now() END
    WHERE id = $1 AND lease_until = $2::timestamptz
    RETURNING id, message_id, application_id, channel, country, cause, attempt_id, false AS late, ${HAPPENED} AS happened),
  ${tellDelivery('settled')}
  SELECT id FROM settled`;

const CLOSE = `
  UPDATE deliveries SET due_at = NULL, lease_until = NULL, note = nullif(concat_ws('; ', note, $3::text), '')
  WHERE id = $1 AND lease_until = $2::timestamptz`;

const RELEASE = `
  UPDATE deliveries SET lease_until = NULL, due_at = now() + $3 * interval '1 millisecond'
  FROM unnest($1::text[], $2::text[]) AS held (held_id, lease) WHERE id = held_id AND lease_until = lease::timestamptz`;

const HURRY = `
  UPDATE deliveries SET due_at = now()
  WHERE status = 'queued' AND channel = $1 AND due_at > now() AND (lease_until IS NULL OR lease_until <= now())`;

/** The `deliveries` table as a queue: `due_at` says when, `lease_until` by whom. One statement per decision. */
@Injectable()
export class PostgresDueDeliveries extends DueDeliveries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async claim(limit: number): Promise<DueDelivery[]> {
    const leaseEndsAtMs = this.clock.now() + LEASE_MS;
    const rows = await this.database.query<Omit<DueDelivery, 'leaseEndsAtMs' | 'provider'>>(CLAIM, [limit, LEASE_MS]);
    return rows.map((row) => ({ ...row, provider: row.tried.at(-1) ?? null, leaseEndsAtMs }));
  }

  async begin(due: DueDelivery, { id, providerId }: { id: string; providerId: string }): Promise<DueDelivery | null> {
    const leaseEndsAtMs = this.clock.now() + LEASE_MS;
    const values = [due.id, due.lease, id, providerId, LEASE_MS];
    const [row] = await this.database.query<Pick<DueDelivery, 'attempts' | 'lease'>>(BEGIN, values);
    return row ? { ...due, ...row, status: 'submitting', attemptId: id, provider: providerId, leaseEndsAtMs } : null;
  }

  async settle(due: DueDelivery, to: Settlement, attempt?: AttemptEnd): Promise<DueInMs> {
    const inMs = dueInMs(to);
    const values = [
      ...[due.id, due.lease, to.status, inMs],
      ...[attempt?.id, attempt?.status, attempt?.detail, attempt?.providerMessageId],
      ...[to.status === 'failed' ? to.cause : null, 'note' in to ? to.note : null],
      ...[attempt?.size?.encoding, attempt?.size?.segments],
    ];
    if ((await this.database.query(SETTLE, values)).length === 0) return null;
    if (to.status !== 'queued' && to.status !== 'sent' && observed())
      observe({ kind: 'delivery-ended', way: toWay(due), status: to.status });
    return inMs;
  }

  async close(due: DueDelivery, note?: string): Promise<void> {
    await this.database.query(CLOSE, [due.id, due.lease, note]);
  }

  async release(due: DueDelivery[], inMs: number): Promise<void> {
    await this.database.query(RELEASE, [due.map(({ id }) => id), due.map(({ lease }) => lease), inMs]);
  }

  async hurry(channel: Channel): Promise<void> {
    await this.database.query(HURRY, [channel]);
  }
}

const toWay = ({ channel, provider, country }: DueDelivery) => ({ channel, provider, country });

/** When the new state needs something done; null: never. `sent` waits for its report timeout, which the statement knows. */
function dueInMs(to: Settlement): DueInMs {
  switch (to.status) {
    case 'queued':
      return to.inMs;
    case 'sent':
      return null;
    case 'failed':
    case 'unconfirmed':
      return 0;
    case 'canceled':
      return to.nextStep ? 0 : null;
  }
}
