import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';

export interface TestRedis {
  redis: RedisConnection;
  close: () => void;
}

/** A connection to the run's Redis under a prefix of its own: suites run side by side and nobody flushes. */
export async function openTestRedis(): Promise<TestRedis> {
  const prefix = `test-${randomBytes(6).toString('hex')}:`;
  const redis = await new RedisConnection(inject('redisUrl'), Log.to('silent'), prefix).open();
  return {
    redis,
    close: () => {
      redis.close();
    },
  };
}
