import { Injectable } from '@nestjs/common';
import type { Page } from '../../shared/page.js';
import { EndpointLedger, type EndpointKeeper } from './endpoint-ledger.js';
import { endpointDisabled } from './endpoint-refusals.js';
import { MessageLog, type MessageQuery, type Replayed, type ReplayOrder, type WebhookMessage } from './message-log.js';

/** As many as one call makes due again: what a statement changes in a moment. */
const MOST_AT_ONCE = 1_000;

/** What an endpoint was told and what became of it; sending it again, and trying whether it is heard (R84). */
@Injectable()
export class ReplayMessages {
  constructor(
    private readonly endpoints: EndpointLedger,
    private readonly messages: MessageLog,
  ) {}

  /** Newest first. @throws 404 `not-found`; 400 `invalid-request` for a cursor no page gave */
  async page(
    { applicationId }: EndpointKeeper,
    endpointId: string,
    query: MessageQuery,
  ): Promise<Page<WebhookMessage>> {
    const { id } = await this.endpoints.find(applicationId, endpointId);
    return this.messages.page(id, query);
  }

  /** Whatever became of it before. @throws 404 `not-found`; 409 `endpoint-disabled`, `being-tried` */
  async replay(keeper: EndpointKeeper, endpointId: string, eventId: string): Promise<WebhookMessage> {
    return this.messages.replay(keeper, await this.enabled(keeper, endpointId), eventId);
  }

  /** Up to 1,000 a call, oldest first. @throws 404 `not-found`; 409 `endpoint-disabled`; 400 for a cursor no call gave */
  async replaySince(keeper: EndpointKeeper, endpointId: string, order: Omit<ReplayOrder, 'limit'>): Promise<Replayed> {
    const id = await this.enabled(keeper, endpointId);
    return this.messages.replaySince(keeper, id, { ...order, limit: MOST_AT_ONCE });
  }

  /** `webhook.test`, to this endpoint alone, whatever it listens to. @throws 404 `not-found`; 409 `endpoint-disabled` */
  async sendTest(keeper: EndpointKeeper, endpointId: string): Promise<WebhookMessage> {
    return this.messages.sendTest(keeper, await this.enabled(keeper, endpointId));
  }

  private async enabled({ applicationId }: EndpointKeeper, endpointId: string): Promise<string> {
    const { id, enabled } = await this.endpoints.find(applicationId, endpointId);
    if (!enabled) throw endpointDisabled();
    return id;
  }
}
