import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { pageOf, placeAfter, type Page } from '../../shared/page.js';
import { Archive, type SearchQuery, type VerificationRecord } from '../application/ledger.js';
import type { VerificationStatus } from '../domain/verification.js';
import { COLUMNS, recordOf, type VerificationRow } from './verification-row.js';

const BY_RECIPIENT = { phone: 'AND phone_index = ANY ($2::bytea[])', email: 'AND email_index = ANY ($2::bytea[])' };
/** `$2` is always there: an unused one only says that nobody is looked for. */
const BY_ANYBODY = `AND cardinality($2::bytea[]) = 0`;

const BY_STATUS: Record<VerificationStatus, string> = {
  pending: `AND status = 'pending' AND expires_at > now()`,
  approved: `AND status = 'approved'`,
  failed: `AND status = 'failed'`,
  canceled: `AND status = 'canceled'`,
  expired: `AND (status = 'expired' OR status = 'pending' AND expires_at <= now())`,
};

/** One text for each thing that can be looked for: a plan made for all of them would fit none, and would not use their indexes. */
const search = ({ recipient, status }: Pick<SearchQuery, 'recipient' | 'status'>) => `
  SELECT ${COLUMNS}, (extract(epoch FROM created_at) * 1000000)::bigint::text AS position FROM verifications
  WHERE application_id = $1 ${recipient ? BY_RECIPIENT[recipient.kind] : BY_ANYBODY} ${status ? BY_STATUS[status] : ''}
    AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at < $4)
    AND ($5::bigint IS NULL OR (created_at, id) < ('epoch'::timestamptz + $5 * interval '1 microsecond', $6::text))
  ORDER BY created_at DESC, id DESC LIMIT $7`;

const ofRecipient = (kind: keyof typeof BY_RECIPIENT) => `
  SELECT ${COLUMNS} FROM verifications WHERE ($1::text IS NULL OR application_id = $1) ${BY_RECIPIENT[kind]}
  ORDER BY created_at DESC LIMIT $3`;

const APPROVED = `
  SELECT FROM verifications WHERE application_id = $1 ${BY_RECIPIENT.phone} AND status = 'approved' LIMIT 1`;

/** In a statement of its own: only the next one sees the events of those for whom this one waits. None is recorded without the row. */
const LOCK = `SELECT FROM verifications WHERE id = ANY ($1) ORDER BY id FOR UPDATE`;

/** Messages are locked in the order in which whoever records that one was told goes on to the next. */
const DELETE = `
  WITH told AS (DELETE FROM events WHERE verification_id = ANY ($1) RETURNING id),
  owed AS (
    SELECT endpoint_id, event_id FROM webhook_messages WHERE event_id IN (SELECT id FROM told) ORDER BY event_id FOR UPDATE),
  posted AS (
    DELETE FROM webhook_messages m USING owed WHERE m.endpoint_id = owed.endpoint_id AND m.event_id = owed.event_id)
  DELETE FROM verifications WHERE id = ANY ($1)`;

const OF_SUBJECT_ALONE = `
  SELECT id FROM verifications
  WHERE application_id = $1 AND subject = $2 AND phone_index IS NULL AND email_index IS NULL LIMIT $3`;

const EMPTIED = `sealed = NULL, phone_index = NULL, email_index = NULL, subject = NULL, metadata = '{}'`;

const EMPTY = `UPDATE verifications SET ${EMPTIED} WHERE id = ANY ($1)`;

const FORGET = `
  WITH aged AS (
    SELECT id FROM verifications WHERE sealed IS NOT NULL AND created_at < now() - $1 * interval '1 day'
    ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE verifications SET ${EMPTIED}
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

  async search(applicationId: string, query: SearchQuery): Promise<Page<VerificationRecord>> {
    const [position = null, afterId = null] = query.cursor ? placeAfter(query.cursor, PLACE) : [];
    const values = [applicationId, query.recipient?.indexes ?? []];
    const page = [query.from, query.until, position, afterId, query.limit + 1];
    const rows = await this.database.query<VerificationRow & { position: string }>(search(query), [...values, ...page]);
    const { found, ...more } = pageOf(rows, query.limit, ({ position: place, id }) => `${place}|${id}`);
    return { found: found.map(recordOf), ...more };
  }

  async ofRecipient(
    applicationId: string | null,
    recipient: NonNullable<SearchQuery['recipient']>,
    limit: number,
  ): Promise<VerificationRecord[]> {
    const values = [applicationId, recipient.indexes, limit];
    return (await this.database.query<VerificationRow>(ofRecipient(recipient.kind), values)).map(recordOf);
  }

  async ofSubjectAlone(applicationId: string, subject: string, limit: number): Promise<string[]> {
    const values = [applicationId, subject, limit];
    return (await this.database.query<{ id: string }>(OF_SUBJECT_ALONE, values)).map(({ id }) => id);
  }

  async approvedBefore(applicationId: string, phoneIndexes: Buffer[]): Promise<boolean> {
    return (await this.database.query(APPROVED, [applicationId, phoneIndexes])).length > 0;
  }

  async empty(ids: string[]): Promise<void> {
    await this.database.query(EMPTY, [ids]);
  }

  async delete(ids: string[]): Promise<void> {
    await this.database.transaction(async (query) => {
      await query(LOCK, [ids]);
      await query(DELETE, [ids]);
    });
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
const PLACE = /^(\d{1,16})\|(ver_[\w-]{1,64})$/;
