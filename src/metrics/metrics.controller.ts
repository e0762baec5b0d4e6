import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Public } from '../platform/http/public.js';
import { Runtime } from '../platform/runtime.js';
import { DomainError } from '../shared/domain-error.js';
import { Metrics } from './metrics.js';

/**
 * For Prometheus, which brings METRICS_TOKEN as its bearer token. Neither the edge's ceiling nor a store that is away may keep it
 * out: that is when somebody looks. It is no part of the API: whether it is there depends on the installation.
 */
@ApiExcludeController()
@Public()
@SkipThrottle()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { metricsToken } = this.runtime.env;
    if (metricsToken !== undefined && !isSame(authorization ?? '', `Bearer ${metricsToken}`))
      throw new DomainError('unauthorized', 'unauthorized', 'Send METRICS_TOKEN as Authorization: Bearer ….');
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}

/** In constant time, whatever the lengths. */
const isSame = (given: string, expected: string) => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string) => createHash('sha256').update(text).digest();
