import { MemoryBuckets } from '../../src/limits/adapters/memory-buckets.js';
import { RedisBuckets } from '../../src/limits/adapters/redis-buckets.js';
import { openTestRedis } from '../support/redis.js';
import { bucketsContract } from './buckets.contract.js';

bucketsContract('in memory', (clock) => Promise.resolve({ buckets: new MemoryBuckets(clock), close: () => undefined }));

bucketsContract('on Redis', async (clock) => {
  const { redis, close } = await openTestRedis();
  return { buckets: new RedisBuckets(redis, clock), close };
});
