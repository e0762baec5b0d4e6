import { MemoryAttempts } from '../../src/verification/adapters/memory-attempts.js';
import { MemoryStates } from '../../src/verification/adapters/memory-states.js';
import { MemoryVerifications } from '../../src/verification/adapters/memory-verifications.js';
import { RedisAttempts } from '../../src/verification/adapters/redis-attempts.js';
import { RedisVerifications } from '../../src/verification/adapters/redis-verifications.js';
import { openTestRedis } from '../support/redis.js';
import { hotStoreContract } from './hot-store.contract.js';

hotStoreContract('in memory', (clock) => {
  const states = new MemoryStates(clock);
  return Promise.resolve({
    ...{ verifications: new MemoryVerifications(states), attempts: new MemoryAttempts(states), close: () => undefined },
  });
});

hotStoreContract('on Redis', async (clock) => {
  const { redis, close } = await openTestRedis();
  return { verifications: new RedisVerifications(redis, clock), attempts: new RedisAttempts(redis, clock), close };
});
