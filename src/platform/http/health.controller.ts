import { Controller, Get, Optional, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Log } from '../log/log.js';
import { Database } from '../postgres/database.js';
import { RedisConnection } from '../redis/connection.js';
import { RedisFitness } from '../redis/redis-fitness.js';
import { Runtime } from '../runtime.js';
import { Public } from './public.js';

const livenessSchema = z.object({ status: z.literal('alive') }).meta({ id: 'Liveness' });
const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.object({
      accepting: z.boolean(),
      postgres: z.boolean(),
      redis: z.boolean().optional(),
      redisSettings: z.boolean().optional(),
    }),
  })
  .meta({ id: 'Readiness' });

/** Whether this process lives, and whether it should be given work. */
@ApiTags('operations')
@Controller()
@Public()
export class HealthController {
  private readonly fitness: RedisFitness | null;

  constructor(
    private readonly runtime: Runtime,
    private readonly database: Database,
    log: Log,
    @Optional() private readonly redis?: RedisConnection,
  ) {
    this.fitness = redis && runtime.env.production ? new RedisFitness(redis, log) : null;
  }

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
    summary:
      'The process can do its work: not stopping, every Redis primary and Postgres answer, Redis forgets nothing',
  })
  @ApiResponse({ status: 200, description: 'It can', standardSchema: readinessSchema })
  @ApiResponse({
    status: 503,
    description: 'It can not: the check that is false says why',
    standardSchema: readinessSchema,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.output<typeof readinessSchema>> {
    const [postgres, redis, shortcomings] = await Promise.all([
      this.database.ping(),
      this.redis?.ping(),
      this.fitness?.shortcomings(),
    ]);
    const checks = {
      accepting: this.runtime.accepting,
      postgres,
      ...(redis !== undefined && { redis }),
      ...(shortcomings && { redisSettings: shortcomings.length === 0 }),
    };
    const ready = Object.values(checks).every(Boolean);
    if (!ready) void reply.status(503);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}
