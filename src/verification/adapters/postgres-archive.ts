import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { invalidRequest } from '../../shared/refusals.js';
import { Archive, type SearchQuery, type VerificationRecord } from '../application/ledger.js';
import { COLUMNS, recordOf, type VerificationRow } from './verification-row.js';

const BY_RECIPIENT = `CASE WHEN $2::text = 'phone' THEN phone_index = ANY ($3::bytea[]) WHEN $2 = 'email' THEN email_index = ANY ($3) ELSE true END`;

const STATUS = `CASE WHEN status = 'pending' AND expires_at <= now() THEN 'expired' ELSE status END`;

const SEARCH = `
  SELECT ${COLUMNS}, (extract(epoch FROM created_at) * 1000000)::bigint::text AS position FROM verifications
  WHERE application_id = $1 AND ${BY_RECIPIENT}
    AND ($4::text IS NULL OR ${STATUS} = $4)
    AND ($5::timestamptz IS NULL OR created_at >= $5) AND ($6::timestamptz IS NULL OR created_at < $6)
    AND ($7::bigint IS NULL OR (created_at, id) < ('epoch'::timestamptz + $7 * interval '1 microsecond', $8::text))
  ORDER BY created_at DESC, id DESC LIMIT $9`;

const OF_RECIPIENT = `
  SELECT ${COLUMNS} FROM verifications WHERE ($1::text IS NULL OR application_id = $1) AND ${BY_RECIPIENT}
  ORDER BY created_at DESC LIMIT $4`;

const DELETE = `
  WITH told AS (DELETE FROM events WHERE verification_id = ANY ($1))
  DELETE FROM verifications WHERE id = ANY ($1)`;

const FORGET = `
  WITH aged AS (
    SELECT id FROM verifications WHERE sealed IS NOT NULL AND created_at < now() - $1 * interval '1 day'
    ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE verifications SET sealed = NULL, phone_index = NULL, email_index = NULL, subject = NULL, metadata = '{}'
  WHERE id IN (SELECT id FROM aged) RETURNING id`;

const FORGET_KEYS = `
  WITH aged AS (
    SELECT id FROM verifications WHERE idempotency_key IS NOT NULL AND created_at < now() - interval '1 day'
    ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE verifications SET idempotency_key = NULL, idempotency_fingerprint = NULL
  WHERE id IN (SELECT id FROM aged) RETURNING id`;

@Injectable()
export class PostgresArchive extends Archive {
  constructor(private readonly database: Database) {
    super();
  }

  async search(
    applicationId: string,
    query: SearchQuery,
  ): Promise<{ found: VerificationRecord[]; cursor: string | null }> {
    const [position, afterId] = query.cursor ? readCursor(query.cursor) : [null, null];
    const values = [applicationId, query.recipient?.kind ?? null, query.recipient?.indexes ?? [], query.status];
    const page = [query.from, query.until, position, afterId, query.limit + 1];
    const rows = await this.database.query<VerificationRow & { position: string }>(SEARCH, [...values, ...page]);
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      found: rows.slice(0, query.limit).map(recordOf),
      cursor: last ? cursorAfter(last.position, last.id) : null,
    };
  }

  async ofRecipient(
    applicationId: string | null,
    recipient: NonNullable<SearchQuery['recipient']>,
    limit: number,
  ): Promise<VerificationRecord[]> {
    const values = [applicationId, recipient.kind, recipient.indexes, limit];
    return (await this.database.query<VerificationRow>(OF_RECIPIENT, values)).map(recordOf);
  }

  async delete(ids: string[]): Promise<void> {
    await this.database.query(DELETE, [ids]);
  }

  async olderThan(days: number, limit: number): Promise<string[]> {
    const sql = `SELECT id FROM verifications WHERE created_at < now() - $1 * interval '1 day' ORDER BY created_at LIMIT $2`;
    return (await this.database.query<{ id: string }>(sql, [days, limit])).map(({ id }) => id);
  }

  async forgetRecipients(days: number): Promise<number> {
    return (await this.database.query(FORGET, [days])).length;
  }

  async forgetIdempotencyKeys(): Promise<number> {
    return (await this.database.query(FORGET_KEYS)).length;
  }
}

/** A place in the list: microseconds since the epoch, which are exact, and the id. Nothing that matches can fail in SQL. */
const CURSOR = /^(\d{1,16})\|(ver_[\w-]{1,64})$/;

const cursorAfter = (position: string, id: string) => Buffer.from(`${position}|${id}`).toString('base64url');

function readCursor(cursor: string): [position: string, id: string] {
  const [, position, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (position === undefined || id === undefined) throw invalidRequest('cursor: is not one that a search gave.');
  return [position, id];
}
