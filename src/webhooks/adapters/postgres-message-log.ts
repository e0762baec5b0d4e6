import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { pageOf, placeAfter, type Page } from '../../shared/page.js';
import { notFound } from '../../shared/refusals.js';
import type { EndpointKeeper } from '../application/endpoint-ledger.js';
import { messageBeingTried } from '../application/endpoint-refusals.js';
import {
  MessageLog,
  type MessageQuery,
  type Replayed,
  type ReplayOrder,
  type WebhookMessage,
} from '../application/message-log.js';
import * as sql from './message-sql.js';

/** The messages in Postgres: the queue that the sender works off, and its history. */
@Injectable()
export class PostgresMessageLog extends MessageLog {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  async page(endpointId: string, { status, limit, cursor }: MessageQuery): Promise<Page<WebhookMessage>> {
    const values = [endpointId, placeIn(cursor), limit + 1];
    const rows = await this.database.query<WebhookMessage>(sql.page(status), values);
    return pageOf(rows, limit, ({ eventId }) => numberOf(eventId));
  }

  replay(keeper: EndpointKeeper, endpointId: string, eventId: string): Promise<WebhookMessage> {
    if (!/^evt_\d{1,18}$/.test(eventId)) throw notFound('message');
    const values = [endpointId, numberOf(eventId)];
    return this.database.transaction(async (query) => {
      const [message] = await query<WebhookMessage>(sql.REPLAY, values);
      if (!message) throw (await query(sql.IS_KEPT, values)).length > 0 ? messageBeingTried() : notFound('message');
      await this.append(keeper, { action: 'message-replayed', endpointId, eventId }, query);
      return message;
    });
  }

  replaySince(keeper: EndpointKeeper, endpointId: string, order: ReplayOrder): Promise<Replayed> {
    const { since, status, cursor, limit } = order;
    return this.database.transaction(async (query) => {
      const values = [endpointId, since, placeIn(cursor), limit];
      const rows = await query<{ eventId: string }>(sql.replaySince(status), values);
      const replayed = rows.length;
      const from = since.toISOString();
      await this.append(keeper, { action: 'messages-replayed', endpointId, since: from, status, replayed }, query);
      return { replayed, ...(replayed === limit && { nextCursor: cursorAfter(rows) }) };
    });
  }

  sendTest(keeper: EndpointKeeper, endpointId: string): Promise<WebhookMessage> {
    return this.database.transaction(async (query) => {
      const [message] = await query<WebhookMessage>(sql.SEND_TEST, [endpointId]);
      if (!message) throw notFound('endpoint');
      await this.append(keeper, { action: 'tested', endpointId, eventId: message.eventId }, query);
      return message;
    });
  }

  private append(
    { applicationId, actor }: EndpointKeeper,
    { action, endpointId, ...details }: { action: string; endpointId: string; [detail: string]: unknown },
    query: Query,
  ): Promise<void> {
    const entry = { actor, action: `webhook.${action}`, target: endpointId, details: { applicationId, ...details } };
    return this.audit.append(entry, query);
  }
}

const numberOf = (eventId: string) => eventId.slice('evt_'.length);

/** @throws 400 `invalid-request` for a cursor no page gave */
const placeIn = (cursor: string | undefined) =>
  cursor === undefined ? null : (placeAfter(cursor, sql.PLACE)[0] ?? null);

/** Rows that were changed come in any order. */
function cursorAfter(rows: { eventId: string }[]): string {
  const last = rows.map(({ eventId }) => BigInt(eventId)).reduce((a, b) => (a > b ? a : b), 0n);
  return Buffer.from(String(last)).toString('base64url');
}
