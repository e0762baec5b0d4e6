import { Body, Controller, Get, Put, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller } from '../applications/caller.js';
import { Needs } from '../applications/needs.js';
import type { Principal } from '../applications/principal.js';
import { ApiProblem } from '../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../platform/http/entity-tag.js';
import { Tells, tellWeakening } from '../platform/http/security-events.js';
import { ChangeEdge, type EdgeNow } from './change-edge.js';
import { edgeSettingsSchema, written, type EdgeSettings } from './edge-settings.js';

const viewSchema = z
  .strictObject({ perAddress: z.string(), perKey: z.string(), perFailedLogin: z.string(), version: z.int() })
  .meta({ id: 'EdgeCeilings', description: 'What holds, defaults included.' });
type View = z.output<typeof viewSchema>;

/** The ceilings before every route, for whoever must turn them while a flood comes in. */
@ApiTags('edge')
@Controller('v1/admin/edge')
@Needs('operator')
export class EdgeController {
  constructor(private readonly changeEdge: ChangeEdge) {}

  @Get()
  @ApiOperation({ operationId: 'readEdge', summary: 'Read the ceilings at the edge' })
  @ApiResponse({ status: 200, description: 'What holds', standardSchema: viewSchema })
  @ApiProblem(503)
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<View> {
    return withEntityTag(reply, viewOf(await this.changeEdge.read()));
  }

  @Tells('authz_admin')
  @Put()
  @ApiOperation({
    operationId: 'changeEdge',
    summary: 'Replace the ceilings at the edge',
    description:
      'Holds on all nodes within 5 s. What is absent has its default. Admin routes are counted apart from the others and always ' +
      'have room for 100 requests in 10 s.',
  })
  @ApiIfMatch()
  @ApiResponse({ status: 200, description: 'What holds now', standardSchema: viewSchema })
  @ApiProblem(400, 412, 428, 503)
  async change(
    @Body({ schema: edgeSettingsSchema }) settings: EdgeSettings,
    @IfMatch() version: number,
    @Caller() { keyId }: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<View> {
    const changed = await this.changeEdge.save({ settings, version }, keyId);
    tellWeakening(request, changed.weaker);
    return withEntityTag(reply, viewOf(changed));
  }
}

const viewOf = ({ ceilings, version }: EdgeNow): View => ({ ...written(ceilings), version });
