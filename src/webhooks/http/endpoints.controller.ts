import { Body, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import type { Endpoint, EndpointKeeper } from '../application/endpoint-ledger.js';
import { ManageEndpoints, type IssuedEndpoint } from '../application/manage-endpoints.js';
import { RotateSecret } from '../application/rotate-secret.js';
import { Keeper } from './endpoint-keeper.js';
import { endpointOperations } from './endpoint-operations.js';
import { EndpointId } from './endpoint-params.js';
import * as schemas from './endpoint.schema.js';
import { WebhooksController, type Whose } from './webhooks-controller.js';

/** Where an application is told of events: for its own administrators, or for operators. */
export function endpointsController(whose: Whose): Type {
  const says = endpointOperations(whose);

  @WebhooksController(whose)
  class EndpointsController {
    constructor(
      private readonly endpoints: ManageEndpoints,
      private readonly secrets: RotateSecret,
    ) {}

    @says.list()
    async list(@Keeper() { applicationId }: EndpointKeeper): Promise<{ endpoints: Endpoint[] }> {
      return { endpoints: await this.endpoints.list(applicationId) };
    }

    @says.create()
    async create(
      @Keeper() keeper: EndpointKeeper,
      @Body({ schema: schemas.newEndpointSchema }) order: schemas.NewEndpointBody,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<IssuedEndpoint> {
      return withEntityTag(reply, await this.endpoints.create(keeper, order));
    }

    @says.read()
    async read(
      @Keeper() { applicationId }: EndpointKeeper,
      @EndpointId() id: string,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<Endpoint> {
      return withEntityTag(reply, await this.endpoints.find(applicationId, id));
    }

    @says.replace()
    async replace(
      @Keeper() keeper: EndpointKeeper,
      @EndpointId() id: string,
      @IfMatch() version: number,
      @Body({ schema: schemas.endpointChangeSchema }) to: schemas.EndpointChangeBody,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<Endpoint> {
      return withEntityTag(reply, await this.endpoints.replace(keeper, { ...to, id, version }));
    }

    @says.remove()
    remove(@Keeper() keeper: EndpointKeeper, @EndpointId() id: string): Promise<void> {
      return this.endpoints.remove(keeper, id);
    }

    @says.rotateSecret()
    rotateSecret(
      @Keeper() keeper: EndpointKeeper,
      @EndpointId() endpointId: string,
      @Body({ schema: schemas.secretRotationSchema }) rotation: schemas.SecretRotationBody,
    ): Promise<IssuedEndpoint> {
      return this.secrets.execute(keeper, { ...rotation, endpointId });
    }
  }

  return EndpointsController;
}
