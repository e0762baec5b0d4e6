import { Module, type ExecutionContext, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ThrottlerModule, type ThrottlerModuleOptions, type ThrottlerOptions } from '@nestjs/throttler';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Clock } from '../../shared/clock.js';
import { RedisConnection } from '../redis/connection.js';
import { Runtime } from '../runtime.js';
import { accessTo } from './access.js';
import type { CallerAtEdge } from './edge-throttle/caller-at-edge.js';
import { ADMIN_FLOOR, EdgeCeilings, type Ceiling, type Ceilings } from './edge-throttle/edge-ceilings.js';
import { EdgeThrottleGuard } from './edge-throttle/edge-throttle.guard.js';
import { Hits } from './edge-throttle/hits.js';
import { LoginFailures } from './edge-throttle/login-failures.js';
import { MemoryHits } from './edge-throttle/memory-hits.js';
import { RedisHits } from './edge-throttle/redis-hits.js';

/** Whoever asks whether this process is well must get an answer while it is being flooded. */
const PROBES = new Set(['/livez', '/readyz']);

function isProbe(context: ExecutionContext): boolean {
  const { url = '' } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
  return PROBES.has(url);
}

/** The ceilings, and what is counted under them. */
@Module({
  providers: [
    EdgeCeilings,
    {
      provide: Hits,
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): Hits => hitsFor(runtime, clock, redis),
    },
  ],
  exports: [EdgeCeilings, Hits],
})
export class EdgeCeilingsModule {}

/**
 * Refuses a flood before it is authenticated or validated: per address, per presented API key, and per address that presents invalid
 * ones. Import first, so that its guard runs before the others.
 */
@Module({
  imports: [
    EdgeCeilingsModule,
    ThrottlerModule.forRootAsync({
      imports: [EdgeCeilingsModule],
      inject: [Hits, EdgeCeilings, Reflector],
      useFactory: (storage: Hits, ceilings: EdgeCeilings, reflector: Reflector): ThrottlerModuleOptions => ({
        throttlers: [
          throttler('perAddress', ceilings, { name: ({ address }) => address, skipIf: isProbe }),
          throttler('perKey', ceilings, {
            name: ({ key }) => `key:${key ?? ''}`,
            // What anybody may call looks at no key, and so nobody would find out that there are millions.
            skipIf: (context) => !callerOf(context)?.key || accessTo(reflector, context) === 'public',
          }),
        ],
        storage,
        setHeaders: false,
      }),
    }),
  ],
  providers: [LoginFailures, { provide: APP_GUARD, useClass: EdgeThrottleGuard }],
})
export class EdgeThrottleModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly failures: LoginFailures,
  ) {}

  onModuleInit(): void {
    this.failures.learnFrom(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}

interface Counted {
  name: (caller: CallerAtEdge) => string;
  skipIf: (context: ExecutionContext) => boolean;
}

/** One ceiling as the throttler wants it. It asks for the numbers each time, so that a change holds for the next request. */
function throttler(ceiling: keyof Ceilings, ceilings: EdgeCeilings, { name, skipIf }: Counted): ThrottlerOptions {
  const now = (context: ExecutionContext) => {
    const set = ceilings.now[ceiling];
    return callerOf(context)?.admin && isLower(set, ADMIN_FLOOR) ? ADMIN_FLOOR : set;
  };
  return {
    name: ceiling,
    limit: (context) => now(context).max,
    ttl: (context) => now(context).windowSeconds * 1_000,
    getTracker: (_request, context) => {
      const caller = callerOf(context);
      return caller ? `${caller.admin ? 'admin:' : ''}${name(caller)}` : '';
    },
    skipIf,
  };
}

const callerOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().callerAtEdge;

/** Also what lets as many through over time, but fewer at once. */
const isLower = (a: Ceiling, b: Ceiling) => a.max < b.max || a.max / a.windowSeconds < b.max / b.windowSeconds;

function hitsFor(runtime: Runtime, clock: Clock, redis?: RedisConnection): Hits {
  if (runtime.env.embedded) return new MemoryHits(clock);
  if (!redis) throw new Error('The ceiling of several nodes needs Redis: counting in memory would multiply it.');
  return new RedisHits(redis);
}
