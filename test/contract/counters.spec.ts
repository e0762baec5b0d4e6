import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { openTestRedis } from '../support/redis.js';
import { countersContract } from './counters.contract.js';

countersContract('in memory', (clock) =>
  Promise.resolve({ counters: new MemoryCounters(clock), close: () => undefined }),
);

countersContract('on Redis', async (clock) => {
  const { redis, close } = await openTestRedis();
  return { counters: new RedisCounters(redis, clock), close };
});
