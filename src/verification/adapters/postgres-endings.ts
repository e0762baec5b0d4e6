import { Injectable } from '@nestjs/common';
import type { CodeChannel } from '../../shared/channel.js';
import { tellVerification } from '../../events/event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import { observe, observed } from '../../shared/observations.js';
import { TOKEN_LIFE_SECONDS } from '../../tokens/application/ports.js';
import { Endings, type GivenApproval, type VerificationRecord } from '../application/ledger.js';
import type { EndStatus } from '../domain/verification.js';
import { COLUMNS, first, type VerificationRow } from './verification-row.js';

/** The second branch knows an approval again: it is told once. A code that was not sent has no provider. */
const APPROVE = `
  WITH ended AS (
    UPDATE verifications SET status = 'approved', ended_at = now(), approved_channel = $2, token_id = $3, factor_id = $4,
      last_event = last_event + 1
    WHERE id = $1 AND status = 'pending' AND expires_at > now()
    RETURNING *
  ), ${tellVerification('verification.approved', 'ended', `jsonb_build_object('channel', approved_channel)`)}
  SELECT ${COLUMNS}, (
    SELECT a.provider_id FROM deliveries d JOIN send_attempts a ON a.id = d.attempt_id
    WHERE d.message_id = $1 AND d.channel = $2 ORDER BY d.step DESC LIMIT 1) AS provider, true AS is_new
  FROM ended
  UNION ALL
  SELECT ${COLUMNS}, NULL, false FROM verifications WHERE id = $1 AND status = 'approved' AND token_id = $3
    AND ended_at > now() - interval '${String(TOKEN_LIFE_SECONDS)} seconds'`;

const COUNT_WRONG = `
  WITH counted AS (
    UPDATE verifications SET failed_checks = least(failed_checks + 1, max_attempts),
      status = CASE WHEN failed_checks + 1 >= max_attempts THEN 'failed' ELSE status END,
      ended_at = CASE WHEN failed_checks + 1 >= max_attempts THEN now() END,
      last_event = CASE WHEN failed_checks + 1 >= max_attempts THEN last_event + 1 ELSE last_event END
    WHERE id = $1 AND status = 'pending'
    RETURNING id, application_id, status, country, last_event
  ), failed AS (SELECT * FROM counted WHERE status = 'failed'),
  ${tellVerification('verification.failed', 'failed')}
  SELECT status, country FROM counted`;

const EXPIRE = `
  WITH overdue AS (
    SELECT id FROM verifications WHERE status = 'pending' AND expires_at <= now()
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE verifications SET status = 'expired', ended_at = now(), last_event = last_event + 1
    WHERE id IN (SELECT id FROM overdue)
    RETURNING id, application_id, country, last_event
  ), ${tellVerification('verification.expired', 'ended')}
  SELECT id, country FROM ended`;

const CANCEL_PENDING = `
  WITH begun AS (
    SELECT id FROM verifications WHERE status = 'pending' AND created_at <= $1 LIMIT $2 FOR UPDATE
  ), ended AS (
    UPDATE verifications SET status = 'canceled', ended_at = now(), last_event = last_event + 1
    WHERE id IN (SELECT id FROM begun)
    RETURNING id, application_id, last_event
  ), ${tellVerification('verification.canceled', 'ended')}
  SELECT id FROM ended`;

const end = (status: Exclude<EndStatus, 'approved'>) => `
  WITH ended AS (
    UPDATE verifications SET status = '${status}', ended_at = now(), last_event = last_event + 1
    WHERE id = $1 AND status = 'pending' RETURNING id, application_id, country, last_event
  ), ${tellVerification(`verification.${status}`, 'ended')}
  SELECT id, country FROM ended`;

const END = { failed: end('failed'), expired: end('expired'), canceled: end('canceled') };

@Injectable()
export class PostgresEndings extends Endings {
  constructor(private readonly database: Database) {
    super();
  }

  async approve(id: string, { channel, tokenId, factorId }: GivenApproval): Promise<VerificationRecord | null> {
    const values = [id, channel, tokenId, factorId ?? null];
    const rows = await this.database.query<ApprovedRow>(APPROVE, values);
    if (observed()) rows.forEach(tellApproved);
    return first(rows);
  }

  async end(id: string, status: Exclude<EndStatus, 'approved'>): Promise<boolean> {
    const rows = await this.database.query<EndedRow>(END[status], [id]);
    tellEnded(status, rows);
    return rows.length === 1;
  }

  async countWrong(id: string): Promise<'pending' | 'failed' | null> {
    const rows = await this.database.query<EndedRow & { status: 'pending' | 'failed' }>(COUNT_WRONG, [id]);
    const status = rows[0]?.status ?? null;
    if (status === 'failed') tellEnded(status, rows);
    return status;
  }

  async expireOverdue(limit: number): Promise<string[]> {
    const rows = await this.database.query<EndedRow & { id: string }>(EXPIRE, [limit]);
    tellEnded('expired', rows);
    return rows.map(({ id }) => id);
  }

  async cancelPending(begunBy: Date, limit: number): Promise<number> {
    return (await this.database.query(CANCEL_PENDING, [begunBy, limit])).length;
  }
}

interface EndedRow {
  country: string | null;
}
type ApprovedRow = VerificationRow & { provider: string | null; is_new: boolean };

function tellEnded(status: EndStatus, rows: EndedRow[]): void {
  if (observed()) for (const { country } of rows) observe({ kind: 'verification-ended', status, country });
}

function tellApproved({
  is_new,
  provider,
  approved_channel: channel,
  country,
  created_at,
  ended_at,
}: ApprovedRow): void {
  if (!is_new || channel === null || ended_at === null) return;
  const seconds = (ended_at.getTime() - created_at.getTime()) / 1_000;
  observe({ kind: 'verification-approved', way: { channel, provider, country: countryOf(channel, country) }, seconds });
  observe({ kind: 'verification-ended', status: 'approved', country });
}

/** An address has no country, and a factor neither, even where the person's number has one. */
const countryOf = (channel: CodeChannel, country: string | null) =>
  channel === 'sms' || channel === 'voice' ? country : null;
