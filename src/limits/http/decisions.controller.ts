import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { Whose } from '../../applications/whose.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ReadDecisions } from '../application/read-decisions.js';
import * as schemas from './decision.schema.js';

/** What limits, lists and detectors said to whom, for whoever is asked why a code was not sent. */
@ApiTags('decisions')
@Controller('v1/admin/decisions')
@Needs('admin', 'operator')
export class DecisionsController {
  constructor(
    private readonly readDecisions: ReadDecisions,
    private readonly whose: Whose,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listDecisions',
    summary: 'What was decided in the last 72 hours, newest first',
    description: 'An operator sees all applications. About a second old at most.',
  })
  @ApiResponse({ status: 200, description: 'One page', standardSchema: schemas.decisionsSchema })
  @ApiProblem(400, 404, 503)
  async list(
    @Caller() caller: Principal,
    @Query({ schema: schemas.decisionsQuerySchema }) query: schemas.DecisionsQuery,
  ): Promise<schemas.DecisionsBody> {
    const applicationId = await this.whose.of(caller, query.applicationId);
    return schemas.decisionsBody(await this.readDecisions.execute({ ...query, applicationId }));
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ operationId: 'searchDecisions', summary: 'What was decided about a recipient, newest first' })
  @ApiResponse({ status: 200, description: 'One page', standardSchema: schemas.decisionsSchema })
  @ApiProblem(400, 404, 503)
  async search(
    @Caller() caller: Principal,
    @Body({ schema: schemas.decisionsSearchSchema }) body: schemas.DecisionsSearch,
  ): Promise<schemas.DecisionsBody> {
    const applicationId = await this.whose.of(caller, body.applicationId);
    return schemas.decisionsBody(await this.readDecisions.execute({ ...body, applicationId }));
  }
}
