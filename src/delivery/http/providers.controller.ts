import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells } from '../../platform/http/security-events.js';
import { ReadProviders, type ProviderView } from '../application/read-providers.js';
import { SwitchProvider } from '../application/switch-provider.js';
import * as schemas from './providers.schema.js';

const ApiProviderId = () =>
  ApiParam({ name: 'id', description: 'Id of the provider in the configuration file', example: 'main' });

/** How the providers are doing, and the switch that takes one out of use. */
@ApiTags('providers')
@Controller('v1/admin/providers')
@Needs('operator')
export class ProvidersController {
  constructor(
    private readonly readProviders: ReadProviders,
    private readonly switchProvider: SwitchProvider,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the providers and how they are doing' })
  @ApiResponse({
    status: 200,
    description: 'In the order of the configuration file',
    standardSchema: schemas.providerListSchema,
  })
  @ApiProblem(503)
  async listProviders(): Promise<{ providers: ProviderView[] }> {
    return { providers: await this.readProviders.all() };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a provider' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.providerSchema })
  @ApiProblem(404, 503)
  @ApiProviderId()
  async readProvider(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ProviderView> {
    return withEntityTag(reply, await this.readProviders.one(id));
  }

  @Tells('authz_admin')
  @Put(':id')
  @ApiOperation({
    operationId: 'switchProvider',
    summary: 'Switch a provider off or on',
    description:
      'Holds on every process within 5 s. Off, it gets nothing more: what waits for it goes to the next provider of its channel, ' +
      'else over the next channel. What it has been given still waits for its report.',
  })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.providerSchema })
  @ApiProblem(400, 404, 412, 428, 503)
  @ApiProviderId()
  @ApiIfMatch()
  async switch(
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body({ schema: schemas.providerSwitchSchema }) body: schemas.ProviderSwitchBody,
    @Caller() { keyId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProviderView> {
    const to = { enabled: body.enabled, until: body.until ?? null, reason: body.reason ?? null };
    await this.switchProvider.execute(id, { to, version, actor: keyId });
    return withEntityTag(reply, await this.readProviders.one(id));
  }
}
