import { Module, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../shared/clock.js';
import { RedisConnection } from '../redis/connection.js';
import { Runtime } from '../runtime.js';
import { EdgeThrottleGuard } from './edge-throttle/edge-throttle.guard.js';
import { MemoryHits } from './edge-throttle/memory-hits.js';
import { RedisHits } from './edge-throttle/redis-hits.js';

/**
 * A ceiling against floods, not a quota: far above what a busy application's own servers send from one address, and low
 * enough that one address can not keep all nodes busy. What an application or a person may do is decided by limits/.
 */
const CEILING = { limit: 10_000, ttl: 10_000 };

/** Whoever asks whether this process is well must get an answer while it is being flooded. */
const PROBES = new Set(['/livez', '/readyz']);

function isProbe(context: ExecutionContext): boolean {
  const { url = '' } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
  return PROBES.has(url);
}

/**
 * Refuses a flood before it is authenticated or validated. An address is the client's as the configured proxies tell it, IPv6 by
 * its /64 (the throttler's own default). Import first, so that its guard runs before the others.
 */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): ThrottlerModuleOptions => ({
        throttlers: [CEILING],
        storage: storageFor(runtime, clock, redis),
        skipIf: isProbe,
        setHeaders: false,
      }),
    }),
  ],
  providers: [{ provide: APP_GUARD, useClass: EdgeThrottleGuard }],
})
export class EdgeThrottleModule {}

function storageFor(runtime: Runtime, clock: Clock, redis?: RedisConnection): MemoryHits | RedisHits {
  if (runtime.env.embedded) return new MemoryHits(clock);
  if (!redis) throw new Error('The ceiling of several nodes needs Redis: counting in memory would multiply it.');
  return new RedisHits(redis);
}
