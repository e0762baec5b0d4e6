import type { QueryResultRow } from 'pg';
import type { CodeChannel } from '../../shared/channel.js';
import type { VerificationRecord } from '../application/ledger.js';
import type { VerificationStatus } from '../domain/verification.js';

/** Columns of a verification as they are read. A pending one whose time is over reads as expired, whether swept or not. */
export const COLUMNS = `id, application_id,
  CASE WHEN status = 'pending' AND expires_at <= now() THEN 'expired' ELSE status END AS status,
  channels, purpose, subject, locale, sealed, country, context_digest, code_length, max_attempts, failed_checks,
  step, sends, max_sends, report_timeout_seconds, resend_at, expires_at, metadata, idempotency_fingerprint,
  approved_channel, factor_id, token_id, created_at, ended_at,
  greatest(0, extract(epoch FROM resend_at - now()) * 1000)::int AS resend_in_ms`;

export interface VerificationRow extends QueryResultRow {
  id: string;
  application_id: string;
  status: VerificationStatus;
  channels: CodeChannel[];
  purpose: string | null;
  subject: string | null;
  locale: string;
  sealed: string | null;
  country: string | null;
  context_digest: string;
  code_length: number;
  max_attempts: number;
  failed_checks: number;
  step: number;
  sends: number;
  max_sends: number;
  report_timeout_seconds: number;
  resend_at: Date;
  resend_in_ms: number;
  expires_at: Date;
  metadata: Record<string, string>;
  idempotency_fingerprint: string | null;
  approved_channel: CodeChannel | null;
  factor_id: string | null;
  token_id: string | null;
  created_at: Date;
  ended_at: Date | null;
}

export function recordOf(row: VerificationRow): VerificationRecord {
  return {
    id: row.id,
    applicationId: row.application_id,
    status: row.status,
    channels: row.channels,
    purpose: row.purpose,
    subject: row.subject,
    locale: row.locale,
    sealed: row.sealed,
    country: row.country,
    contextDigest: row.context_digest,
    codeLength: row.code_length,
    maxAttempts: row.max_attempts,
    failedChecks: row.failed_checks,
    step: row.step,
    sends: row.sends,
    maxSends: row.max_sends,
    reportTimeoutSeconds: row.report_timeout_seconds,
    resendAt: row.resend_at,
    resendInMs: row.resend_in_ms,
    expiresAt: row.expires_at,
    metadata: row.metadata,
    idempotencyFingerprint: row.idempotency_fingerprint,
    approvedChannel: row.approved_channel,
    factorId: row.factor_id,
    tokenId: row.token_id,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

/** The one row, or null. */
export function first(rows: VerificationRow[]): VerificationRecord | null {
  return rows[0] ? recordOf(rows[0]) : null;
}
