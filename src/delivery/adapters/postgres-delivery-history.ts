import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { DeliveryHistory } from '../application/ledger.js';
import type { ReadAttempt, ReadDelivery, ReadReport } from '../application/read-deliveries.js';
import type { StepTaken } from '../domain/choose-next-step.js';
import { cameFor } from './came-for.js';

const STEPS = `
  SELECT step, channel, origin, status, cause, transient, note, created_at AS "createdAt",
    coalesce(delivered_late_at, CASE status WHEN 'delivered' THEN ended_at END) AS "arrivedAt",
    ARRAY(SELECT provider_id FROM send_attempts WHERE delivery_id = d.id AND status <> 'withdrawn') AS providers
  FROM deliveries d WHERE message_id = $1 ORDER BY step`;

/** The whole timeline in one statement. JSON times carry the session's zone, so they are read as instants, not shown as they are. */
const TIMELINE = `
  SELECT d.id, d.step, d.channel, d.origin, d.status, d.cause, d.reason, d.note, d.created_at AS "createdAt",
    d.sent_at AS "sentAt", d.ended_at AS "endedAt", d.delivered_late_at AS "deliveredLateAt",
    coalesce((
      SELECT json_agg(json_build_object('id', a.id, 'number', a.number, 'providerId', a.provider_id, 'status', a.status,
        'detail', a.detail, 'encoding', a.encoding, 'segments', a.segments, 'createdAt', a.created_at, 'endedAt', a.ended_at, 'reports', coalesce((
          SELECT json_agg(json_build_object('status', r.status, 'cause', r.cause, 'detail', r.detail, 'effect', r.effect,
            'receivedAt', r.received_at) ORDER BY r.id)
          FROM (
            SELECT * FROM reports WHERE attempt_id = a.id AND provider_id = a.provider_id
            UNION ALL
            SELECT * FROM reports WHERE ${cameFor('reports', 'a')}
          ) r), '[]')) ORDER BY a.number)
      FROM send_attempts a WHERE a.delivery_id = d.id), '[]') AS attempts
  FROM deliveries d WHERE d.message_id = $1 ORDER BY d.step`;

const FORGET_STRAY = `
  DELETE FROM reports WHERE id IN (
    SELECT r.id FROM reports r LEFT JOIN send_attempts a ON a.id = r.attempt_id
    WHERE a.id IS NULL AND r.received_at < now() - $1 * interval '1 day' ORDER BY r.received_at LIMIT 1000)
  RETURNING id`;

const FORGET = `
  WITH forgotten AS (DELETE FROM deliveries WHERE message_id = ANY ($1) RETURNING id),
  attempts AS (
    DELETE FROM send_attempts WHERE delivery_id IN (SELECT id FROM forgotten)
    RETURNING id, provider_id, provider_message_id, created_at),
  named AS (DELETE FROM reports r USING attempts a WHERE r.attempt_id = a.id)
  DELETE FROM reports r USING attempts a WHERE ${cameFor('r', 'a')}`;

type DeliveryRow = Omit<ReadDelivery, 'createdAt' | 'sentAt' | 'endedAt' | 'deliveredLateAt'> & {
  createdAt: Date;
  sentAt: Date | null;
  endedAt: Date | null;
  deliveredLateAt: Date | null;
};

/** What happened to a message, read from the three tables. */
@Injectable()
export class PostgresDeliveryHistory extends DeliveryHistory {
  constructor(private readonly database: Database) {
    super();
  }

  steps(messageId: string): Promise<(StepTaken & { step: number })[]> {
    return this.database.query<StepTaken & { step: number }>(STEPS, [messageId]);
  }

  async of(messageId: string): Promise<ReadDelivery[]> {
    return (await this.database.query<DeliveryRow>(TIMELINE, [messageId])).map(toDelivery);
  }

  async forget(messageIds: string[]): Promise<void> {
    await this.database.query(FORGET, [messageIds]);
  }

  async forgetStrayReports(days: number): Promise<number> {
    return (await this.database.query(FORGET_STRAY, [days])).length;
  }
}

const iso = (time: Date | string) => new Date(time).toISOString();
const isoOrNull = (time: Date | string | null) => (time === null ? null : iso(time));

function toDelivery(row: DeliveryRow): ReadDelivery {
  return {
    ...row,
    createdAt: iso(row.createdAt),
    sentAt: isoOrNull(row.sentAt),
    endedAt: isoOrNull(row.endedAt),
    deliveredLateAt: isoOrNull(row.deliveredLateAt),
    attempts: row.attempts.map(toAttempt),
  };
}

function toAttempt(attempt: ReadAttempt): ReadAttempt {
  const { createdAt, endedAt, reports } = attempt;
  return { ...attempt, createdAt: iso(createdAt), endedAt: isoOrNull(endedAt), reports: reports.map(toReport) };
}

const toReport = (report: ReadReport): ReadReport => ({ ...report, receivedAt: iso(report.receivedAt) });
