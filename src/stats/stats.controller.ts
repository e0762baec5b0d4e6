import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller } from '../applications/caller.js';
import { Needs } from '../applications/needs.js';
import type { Principal } from '../applications/principal.js';
import { Whose } from '../applications/whose.js';
import { ApiProblem } from '../platform/http/api-problem.js';
import { ReadStats } from './read-stats.js';
import { orderOf, statsBody, statsQuerySchema, statsSchema, type StatsBody, type StatsQuery } from './stats.schema.js';

@ApiTags('stats')
@Controller('v1/admin/stats')
@Needs('admin', 'operator')
export class StatsController {
  constructor(
    private readonly readStats: ReadStats,
    private readonly whose: Whose,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'readStats',
    summary: 'What was started, sent, delivered, approved and refused over time',
    description:
      'An operator sees all applications together, or one. At most 31 days, 1,000 buckets, and grouped 200. Verifications are ' +
      'there for 30 days, refusals for 72 hours.',
  })
  @ApiResponse({ status: 200, description: 'By bucket, oldest first', standardSchema: statsSchema })
  @ApiProblem(400, 404, { 503: ['unavailable', 'overloaded'] })
  async read(@Caller() caller: Principal, @Query({ schema: statsQuerySchema }) query: StatsQuery): Promise<StatsBody> {
    const order = orderOf(query, await this.whose.of(caller, query.applicationId), await this.readStats.now());
    return statsBody(order, query, await this.readStats.execute(order));
  }
}
