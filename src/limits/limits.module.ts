import { Module } from '@nestjs/common';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { Clock } from '../shared/clock.js';
import { DefaultRuleBook } from './adapters/default-rule-book.js';
import { MemoryCounters } from './adapters/memory-counters.js';
import { RedisCounters } from './adapters/redis-counters.js';
import { Limiter } from './application/limiter.js';
import { Counters, RuleBook } from './application/ports.js';

@Module({
  providers: [
    Limiter,
    { provide: RuleBook, useClass: DefaultRuleBook },
    {
      provide: Counters,
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): Counters => {
        if (runtime.env.embedded) return new MemoryCounters(clock);
        if (!redis) throw new Error('Limits of several nodes need Redis: counting in memory would multiply them.');
        return new RedisCounters(redis, clock);
      },
    },
  ],
  exports: [Limiter],
})
export class LimitsModule {}
