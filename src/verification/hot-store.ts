import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { RedisConnection } from '../platform/redis/connection.js';
import { Clock } from '../shared/clock.js';
import { MemoryAttempts } from './adapters/memory-attempts.js';
import { MemoryIdempotencyMarkers } from './adapters/memory-idempotency-markers.js';
import { MemoryStates } from './adapters/memory-states.js';
import { MemoryVerifications } from './adapters/memory-verifications.js';
import { RedisAttempts } from './adapters/redis-attempts.js';
import { RedisIdempotencyMarkers } from './adapters/redis-idempotency-markers.js';
import { RedisVerifications } from './adapters/redis-verifications.js';
import { Attempts, IdempotencyMarkers, Verifications } from './application/hot-state.js';

/** The hot store's three ports: on Redis, or in memory when the process is embedded and there is no Redis. */
export const hotStore: (FactoryProvider | typeof MemoryStates)[] = [
  MemoryStates,
  either(
    Verifications,
    (redis, clock) => new RedisVerifications(redis, clock),
    (states) => new MemoryVerifications(states),
  ),
  either(
    Attempts,
    (redis, clock) => new RedisAttempts(redis, clock),
    (states) => new MemoryAttempts(states),
  ),
  either(
    IdempotencyMarkers,
    (redis) => new RedisIdempotencyMarkers(redis),
    () => new MemoryIdempotencyMarkers(),
  ),
];

function either<Port>(
  provide: InjectionToken<Port>,
  onRedis: (redis: RedisConnection, clock: Clock) => Port,
  inMemory: (states: MemoryStates) => Port,
): FactoryProvider<Port> {
  return {
    provide,
    inject: [MemoryStates, Clock, { token: RedisConnection, optional: true }],
    useFactory: (states: MemoryStates, clock: Clock, redis?: RedisConnection) =>
      redis ? onRedis(redis, clock) : inMemory(states),
  };
}
