import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import { insertEvent } from '../../events/event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import { Endings, type VerificationRecord } from '../application/ledger.js';
import type { EndStatus } from '../domain/verification.js';
import { TOKEN_LIFE_SECONDS } from '../application/ports.js';
import { COLUMNS, first, type VerificationRow } from './verification-row.js';

const APPROVE = `
  WITH ended AS (
    UPDATE verifications SET status = 'approved', ended_at = now(), approved_channel = $2, token_id = $3
    WHERE id = $1 AND status = 'pending' AND expires_at > now()
    RETURNING *
  ), told AS (${insertEvent('verification.approved', 'ended', `jsonb_build_object('channel', approved_channel)`)})
  SELECT ${COLUMNS} FROM ended
  UNION ALL
  SELECT ${COLUMNS} FROM verifications WHERE id = $1 AND status = 'approved' AND token_id = $3
    AND ended_at > now() - interval '${String(TOKEN_LIFE_SECONDS)} seconds'`;

const COUNT_WRONG = `
  WITH counted AS (
    UPDATE verifications SET failed_checks = least(failed_checks + 1, max_attempts),
      status = CASE WHEN failed_checks + 1 >= max_attempts THEN 'failed' ELSE status END,
      ended_at = CASE WHEN failed_checks + 1 >= max_attempts THEN now() END
    WHERE id = $1 AND status = 'pending'
    RETURNING id, application_id, status
  ), failed AS (SELECT * FROM counted WHERE status = 'failed'),
  told AS (${insertEvent('verification.failed', 'failed')})
  SELECT status FROM counted`;

const EXPIRE = `
  WITH overdue AS (
    SELECT id FROM verifications WHERE status = 'pending' AND expires_at <= now()
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE verifications SET status = 'expired', ended_at = now() WHERE id IN (SELECT id FROM overdue)
    RETURNING id, application_id
  ), told AS (${insertEvent('verification.expired', 'ended')})
  SELECT id FROM ended`;

const end = (status: Exclude<EndStatus, 'approved'>) => `
  WITH ended AS (
    UPDATE verifications SET status = '${status}', ended_at = now()
    WHERE id = $1 AND status = 'pending' RETURNING id, application_id
  ), told AS (${insertEvent(`verification.${status}`, 'ended')})
  SELECT id FROM ended`;

const END = { failed: end('failed'), expired: end('expired'), canceled: end('canceled') };

@Injectable()
export class PostgresEndings extends Endings {
  constructor(private readonly database: Database) {
    super();
  }

  async approve(id: string, approval: { channel: Channel; tokenId: string }): Promise<VerificationRecord | null> {
    return first(await this.database.query<VerificationRow>(APPROVE, [id, approval.channel, approval.tokenId]));
  }

  async end(id: string, status: Exclude<EndStatus, 'approved'>): Promise<boolean> {
    return (await this.database.query(END[status], [id])).length === 1;
  }

  async countWrong(id: string): Promise<'pending' | 'failed' | null> {
    const [row] = await this.database.query<{ status: 'pending' | 'failed' }>(COUNT_WRONG, [id]);
    return row?.status ?? null;
  }

  async expireOverdue(limit: number): Promise<string[]> {
    return (await this.database.query<{ id: string }>(EXPIRE, [limit])).map(({ id }) => id);
  }
}
