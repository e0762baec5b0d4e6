import type { Page } from '../../shared/page.js';
import type { EndpointKeeper } from './endpoint-ledger.js';

/** What became of a message: still owed, answered with 2xx, or given up after the last try. */
export const MESSAGE_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** One event that one endpoint is or was owed. */
export interface WebhookMessage {
  /** The `webhook-id` it is sent under: `evt_…`, the same for every try and endpoint. */
  eventId: string;
  type: string;
  /** Null where the event is about no verification. */
  verificationId: string | null;
  /** Its place among the verification's events, from 1; null where it is about none. */
  sequence: number | null;
  status: MessageStatus;
  tries: number;
  /** HTTP status of the last answer; null where there was none. */
  lastStatus: number | null;
  /** Why the last try failed, in our words. */
  lastError: string | null;
  lastTryAt: Date | null;
  /** Not before then; null where none is due. */
  nextTryAt: Date | null;
  createdAt: Date;
  endedAt: Date | null;
}

export interface MessageQuery {
  status?: MessageStatus | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Which messages to send again: those of events since a moment that ended so. */
export interface ReplayOrder {
  since: Date;
  status: Exclude<MessageStatus, 'pending'>;
  /** Where the call before stopped. */
  cursor?: string | undefined;
  limit: number;
}

/** How many are due again; `nextCursor` only where there are more. */
export interface Replayed {
  replayed: number;
  nextCursor?: string;
}

/** The messages of an endpoint that the caller has made sure of, as they are kept. What is done to them is in the audit log. */
export abstract class MessageLog {
  /** Newest first. @throws 400 `invalid-request` for a cursor no page gave */
  abstract page(endpointId: string, query: MessageQuery): Promise<Page<WebhookMessage>>;
  /**
   * Makes a message due now with all of its tries before it.
   *
   * @param eventId `evt_…`
   * @throws 404 `not-found`; 409 `being-tried` for one that is in hand at this moment, which stays as it is
   */
  abstract replay(keeper: EndpointKeeper, endpointId: string, eventId: string): Promise<WebhookMessage>;
  /** The same for up to `limit`, oldest first, in one statement. @throws 400 `invalid-request` for a cursor no page gave */
  abstract replaySince(keeper: EndpointKeeper, endpointId: string, order: ReplayOrder): Promise<Replayed>;
  /** Records `webhook.test` for this endpoint alone. */
  abstract sendTest(keeper: EndpointKeeper, endpointId: string): Promise<WebhookMessage>;
}
