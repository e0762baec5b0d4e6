import { Controller, Get, Optional, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Database } from '../postgres/database.js';
import { RedisConnection } from '../redis/connection.js';
import { Runtime } from '../runtime.js';
import { Public } from './public.js';

const livenessSchema = z.object({ status: z.literal('alive') }).meta({ id: 'Liveness' });
const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.object({ accepting: z.boolean(), postgres: z.boolean(), redis: z.boolean().optional() }),
  })
  .meta({ id: 'Readiness' });

/** Whether this process lives, and whether it should be given work. */
@ApiTags('operations')
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly runtime: Runtime,
    private readonly database: Database,
    @Optional() private readonly redis?: RedisConnection,
  ) {}

  @Get('livez')
  @ApiOperation({ operationId: 'readLiveness', summary: 'The process is alive; asks nobody else' })
  @ApiResponse({ status: 200, description: 'It is', standardSchema: livenessSchema })
  live(): z.output<typeof livenessSchema> {
    return { status: 'alive' };
  }

  /** Not ready as soon as a stop was asked for, so that balancers look elsewhere before connections are closed (R96). */
  @Get('readyz')
  @ApiOperation({
    operationId: 'readReadiness',
    summary: 'The process can do its work: not stopping, Redis and Postgres answer',
  })
  @ApiResponse({ status: 200, description: 'It can', standardSchema: readinessSchema })
  @ApiResponse({
    status: 503,
    description: 'It can not: the check that is false says why',
    standardSchema: readinessSchema,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.output<typeof readinessSchema>> {
    const [postgres, redis] = await Promise.all([this.database.ping(), this.redis?.ping() ?? true]);
    const checks = { accepting: this.runtime.accepting, postgres, ...(this.redis && { redis }) };
    const ready = Object.values(checks).every(Boolean);
    if (!ready) void reply.status(503);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}
