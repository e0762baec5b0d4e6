import { Controller, Get, Optional, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Database } from '../postgres/database.js';
import { RedisConnection } from '../redis/connection.js';
import { Runtime } from '../runtime.js';
import { Public } from './public.js';

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
  @ApiOperation({ summary: 'The process is alive; asks nobody else' })
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Not ready as soon as a stop was asked for, so that balancers look elsewhere before connections are closed (R96). */
  @Get('readyz')
  @ApiOperation({ summary: 'The process can do its work: not stopping, Redis and Postgres answer' })
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; checks: Record<string, boolean> }> {
    const [postgres, redis] = await Promise.all([this.database.ping(), this.redis?.ping() ?? true]);
    const checks = { accepting: this.runtime.accepting, postgres, ...(this.redis && { redis }) };
    const ready = Object.values(checks).every(Boolean);
    if (!ready) void reply.status(503);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}
