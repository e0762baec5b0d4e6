import { Module } from '@nestjs/common';
import { RedisConnection } from '../platform/redis/connection.js';
import { Runtime } from '../platform/runtime.js';
import { Clock } from '../shared/clock.js';
import { MemoryBuckets } from './adapters/memory-buckets.js';
import { RedisBuckets } from './adapters/redis-buckets.js';
import { Limiter } from './application/limiter.js';
import { Buckets } from './application/ports.js';

@Module({
  providers: [
    Limiter,
    {
      provide: Buckets,
      inject: [Runtime, Clock, { token: RedisConnection, optional: true }],
      useFactory: (runtime: Runtime, clock: Clock, redis?: RedisConnection): Buckets => {
        if (runtime.env.embedded) return new MemoryBuckets(clock);
        if (!redis) throw new Error('Limits of several nodes need Redis: counting in memory would multiply them.');
        return new RedisBuckets(redis, clock);
      },
    },
  ],
  exports: [Limiter],
})
export class LimitsModule {}
