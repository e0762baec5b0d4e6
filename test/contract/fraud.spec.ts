import { MemoryBreakers } from '../../src/fraud/adapters/memory-breakers.js';
import { MemoryTrips } from '../../src/fraud/adapters/memory-trips.js';
import { MemoryWatchedGuesses } from '../../src/fraud/adapters/memory-watched-guesses.js';
import { MemoryWatchedSends } from '../../src/fraud/adapters/memory-watched-sends.js';
import { RedisTrips } from '../../src/fraud/adapters/redis-trips.js';
import { RedisWatchedGuesses } from '../../src/fraud/adapters/redis-watched-guesses.js';
import { RedisWatchedSends } from '../../src/fraud/adapters/redis-watched-sends.js';
import { openTestRedis } from '../support/redis.js';
import { fraudContract } from './fraud.contract.js';

fraudContract('in memory', (clock) => {
  const state = new MemoryBreakers(clock);
  return Promise.resolve({
    sends: new MemoryWatchedSends(state),
    guesses: new MemoryWatchedGuesses(state),
    trips: new MemoryTrips(state),
    close: () => undefined,
  });
});

fraudContract('on Redis', async (clock) => {
  const { redis, close } = await openTestRedis();
  return {
    sends: new RedisWatchedSends(redis, clock),
    guesses: new RedisWatchedGuesses(redis, clock),
    trips: new RedisTrips(redis, clock),
    close,
  };
});
