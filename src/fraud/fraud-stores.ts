import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { RedisConnection } from '../platform/redis/connection.js';
import { Clock } from '../shared/clock.js';
import { MemoryBreakers } from './adapters/memory-breakers.js';
import { MemoryTrips } from './adapters/memory-trips.js';
import { MemoryWatchedGuesses } from './adapters/memory-watched-guesses.js';
import { MemoryWatchedSends } from './adapters/memory-watched-sends.js';
import { RedisTrips } from './adapters/redis-trips.js';
import { RedisWatchedGuesses } from './adapters/redis-watched-guesses.js';
import { RedisWatchedSends } from './adapters/redis-watched-sends.js';
import { Trips, WatchedGuesses, WatchedSends } from './application/ports.js';

/** What the detectors count: on Redis, or in memory when the process is embedded and there is no Redis. */
export const fraudStores: FactoryProvider[] = [
  { provide: MemoryBreakers, inject: [Clock], useFactory: (clock: Clock) => new MemoryBreakers(clock) },
  either(
    WatchedSends,
    (redis, clock) => new RedisWatchedSends(redis, clock),
    (state) => new MemoryWatchedSends(state),
  ),
  either(
    WatchedGuesses,
    (redis, clock) => new RedisWatchedGuesses(redis, clock),
    (state) => new MemoryWatchedGuesses(state),
  ),
  either(
    Trips,
    (redis, clock) => new RedisTrips(redis, clock),
    (state) => new MemoryTrips(state),
  ),
];

function either<Port>(
  provide: InjectionToken<Port>,
  onRedis: (redis: RedisConnection, clock: Clock) => Port,
  inMemory: (state: MemoryBreakers) => Port,
): FactoryProvider<Port> {
  return {
    provide,
    inject: [MemoryBreakers, Clock, { token: RedisConnection, optional: true }],
    useFactory: (state: MemoryBreakers, clock: Clock, redis?: RedisConnection) =>
      redis ? onRedis(redis, clock) : inMemory(state),
  };
}
