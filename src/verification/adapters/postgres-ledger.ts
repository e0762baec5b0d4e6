import { Injectable } from '@nestjs/common';
import { isoTime, tellVerification } from '../../events/event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import { traced } from '../../platform/tracing/traced.js';
import { isSent } from '../../shared/channel.js';
import { observe, observed } from '../../shared/observations.js';
import { Ledger, type NewVerification, type VerificationRecord } from '../application/ledger.js';
import { COLUMNS, first, type VerificationRow } from './verification-row.js';

const STARTED = `jsonb_build_object('channels', channels, 'expiresAt', ${isoTime('expires_at')})`;

/** Where nothing was sent, a message may be asked for at once, also where the clock that said so runs ahead of this one. */
const RESEND_AT = 'CASE WHEN $21::text IS NULL THEN least($16::timestamptz, now()) ELSE $16::timestamptz END';

/**
 * A verification that no recipient leads to is erased with its subject's factors. Holding on to one of them makes an erasure that
 * comes meanwhile wait for this, and find it; after one there is none to hold on to.
 */
const HAS_FACTOR = `EXISTS (
      SELECT FROM factors WHERE application_id = $2 AND factors.subject = $5 AND factors.status = 'active' FOR KEY SHARE)`;

/** The one statement that writes into another feature's table: what is accepted and what will be sent must commit together. */
const START = `
  WITH started AS (
    INSERT INTO verifications (id, application_id, channels, purpose, subject, locale, sealed, phone_index, email_index, country,
      context_digest, code_length, max_attempts, max_sends, report_timeout_seconds, resend_at, expires_at, metadata,
      idempotency_key, idempotency_fingerprint, report_timeouts, sends, last_event)
    SELECT $1, $2, $3::text[], $4, $5, $6, $7, $8::bytea, $9::bytea, $10, $11, $12::int, $13::int, $14::int, $15::int, ${RESEND_AT},
      $17::timestamptz, $18::jsonb, $19, $20, $23::jsonb, ($21::text IS NOT NULL)::int, 1
    WHERE $5::text IS NULL OR $8::bytea IS NOT NULL OR $9::bytea IS NOT NULL OR ${HAS_FACTOR}
    ON CONFLICT (application_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING id, application_id, channels, country, report_timeout_seconds, expires_at, last_event
  ), queued AS (
    INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, report_timeout_seconds, expires_at, due_at, price_micros)
    SELECT $21, id, application_id, 0, channels[1], 'start', 'first channel of the plan',
      CASE WHEN channels[1] = 'email' THEN NULL ELSE country END, report_timeout_seconds, expires_at, now(), $22::bigint
    FROM started WHERE $21::text IS NOT NULL
  ), ${tellVerification('verification.started', 'started', STARTED)}
  SELECT id FROM started`;

@Injectable()
export class PostgresLedger extends Ledger {
  constructor(private readonly database: Database) {
    super();
  }

  async start(v: NewVerification): Promise<boolean> {
    const values = [
      ...[
        v.id,
        v.applicationId,
        v.channels,
        v.purpose,
        v.subject,
        v.locale,
        v.sealed,
        v.phoneIndex,
        v.emailIndex,
        v.country,
      ],
      ...[v.contextDigest, v.codeLength, v.maxAttempts, v.maxSends, v.reportTimeoutSeconds, v.resendAt, v.expiresAt],
      ...[JSON.stringify(v.metadata), v.idempotencyKey, v.idempotencyFingerprint, v.deliveryId, v.priceMicros ?? null],
      v.reportTimeouts ? JSON.stringify(v.reportTimeouts) : null,
    ];
    const fields = { 'einmal.verification.id': v.id };
    const rows = await traced('accept', 'internal', fields, () => this.database.query(START, values));
    const started = rows.length === 1;
    if (started && observed()) tellStarted(v);
    return started;
  }

  async find(applicationId: string, id: string): Promise<VerificationRecord | null> {
    const sql = `SELECT ${COLUMNS} FROM verifications WHERE id = $1 AND application_id = $2`;
    return first(await this.database.query<VerificationRow>(sql, [id, applicationId]));
  }

  async findByIdempotencyKey(applicationId: string, key: string): Promise<VerificationRecord | null> {
    const sql = `SELECT ${COLUMNS} FROM verifications WHERE application_id = $1 AND idempotency_key = $2`;
    return first(await this.database.query<VerificationRow>(sql, [applicationId, key]));
  }
}

function tellStarted({ channels: [channel], country, priceMicros }: NewVerification): void {
  if (channel === undefined) return;
  observe({ kind: 'verification-started', channel, country });
  if (!isSent(channel)) return;
  observe({ kind: 'spend-counted', channel, country: channel === 'email' ? null : country, micros: priceMicros ?? 0 });
}
