import { Body, Query, type Type } from '@nestjs/common';
import type { EndpointKeeper } from '../application/endpoint-ledger.js';
import type { Replayed, WebhookMessage } from '../application/message-log.js';
import { ReplayMessages } from '../application/replay-messages.js';
import { Keeper } from './endpoint-keeper.js';
import { ApiEndpointId, EndpointId, EventId } from './endpoint-params.js';
import { messageOperations } from './message-operations.js';
import * as schemas from './message.schema.js';
import { WebhooksController, type Whose } from './webhooks-controller.js';

/** What an endpoint was told: for the administrators of its application, or for operators. */
export function messagesController(whose: Whose): Type {
  const says = messageOperations(whose);

  @ApiEndpointId()
  @WebhooksController(whose, '/:endpointId')
  class MessagesController {
    constructor(private readonly messages: ReplayMessages) {}

    @says.list()
    async list(
      @Keeper() keeper: EndpointKeeper,
      @EndpointId() endpointId: string,
      @Query({ schema: schemas.messageQuerySchema }) query: schemas.MessageQueryParameters,
    ): Promise<schemas.MessagePageBody> {
      const { found, ...more } = await this.messages.page(keeper, endpointId, query);
      return { messages: found, ...more };
    }

    @says.replay()
    replay(
      @Keeper() keeper: EndpointKeeper,
      @EndpointId() endpointId: string,
      @EventId() eventId: string,
    ): Promise<WebhookMessage> {
      return this.messages.replay(keeper, endpointId, eventId);
    }

    @says.replaySince()
    replaySince(
      @Keeper() keeper: EndpointKeeper,
      @EndpointId() endpointId: string,
      @Body({ schema: schemas.replaySchema }) order: schemas.ReplayBody,
    ): Promise<Replayed> {
      return this.messages.replaySince(keeper, endpointId, order);
    }

    @says.test()
    test(@Keeper() keeper: EndpointKeeper, @EndpointId() endpointId: string): Promise<WebhookMessage> {
      return this.messages.sendTest(keeper, endpointId);
    }
  }

  return MessagesController;
}
