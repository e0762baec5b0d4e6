import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { Whose } from '../../applications/whose.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { SimulateRules } from '../application/simulate/simulate-rules.js';
import * as schemas from './simulation.schema.js';

@ApiTags('limit rules')
@Controller('v1/admin/limits')
@Needs('admin', 'operator')
export class SimulationsController {
  constructor(
    private readonly simulateRules: SimulateRules,
    private readonly whose: Whose,
  ) {}

  @Post('simulate')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'simulateRules',
    summary: 'Try rules on what has happened: whom would they have refused?',
    description:
      'Replays the recorded acts of the last hours with the code that counts in reality. Nothing is changed. One at a time per ' +
      'process. What was refused in reality is asked again, and what would have followed nobody knows.',
  })
  @ApiResponse({ status: 200, description: 'What the rules would have done', standardSchema: schemas.simulationSchema })
  @ApiProblem(400, 404, { 503: ['unavailable', 'overloaded'] })
  async simulate(
    @Caller() caller: Principal,
    @Body({ schema: schemas.simulationOrderSchema }) body: schemas.SimulationOrderBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SimulationBody> {
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    const { hours, on } = body;
    const order = {
      applicationId: await this.whose.of(caller, body.applicationId),
      hours,
      on,
      proposal: schemas.proposalOf(body),
    };
    return schemas.simulationBody(await this.simulateRules.execute(order, gone.signal));
  }
}
