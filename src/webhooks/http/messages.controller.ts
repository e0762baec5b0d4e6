import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../../applications/needs.js';
import type { EndpointKeeper } from '../application/endpoint-ledger.js';
import type { Replayed, WebhookMessage } from '../application/message-log.js';
import { ReplayMessages } from '../application/replay-messages.js';
import { Keeper } from './endpoint-keeper.js';
import { ApiEndpointId, EndpointId, EventId } from './endpoint-params.js';
import { messageOperations } from './message-operations.js';
import * as schemas from './message.schema.js';

const says = messageOperations('');

/** What an endpoint was told, for the administrators of its application. */
@ApiTags('webhooks')
@ApiEndpointId()
@Controller('v1/admin/webhooks/:endpointId')
@Needs('admin')
export class MessagesController {
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
