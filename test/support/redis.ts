import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';

export interface TestRedis {
  redis: RedisConnection;
  close: () => void;
}

const newPrefix = () => `test-${randomBytes(6).toString('hex')}:`;

/** A connection to the run's Redis, or to another, under a prefix of its own: suites run side by side and nobody flushes. */
export async function openTestRedis(url = inject('redisUrl')): Promise<TestRedis> {
  const redis = await new RedisConnection(url, Log.to('silent'), newPrefix()).open();
  return {
    redis,
    close: () => {
      redis.close();
    },
  };
}

/** The same connection, where nothing has been counted yet. */
export const underAnotherPrefix = (redis: RedisConnection) =>
  Object.create(redis, { prefix: { value: newPrefix() } }) as RedisConnection;
