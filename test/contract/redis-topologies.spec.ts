import { afterAll, beforeAll, describe, inject } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { RedisAttempts } from '../../src/verification/adapters/redis-attempts.js';
import { RedisVerifications } from '../../src/verification/adapters/redis-verifications.js';
import { failingRedis, type FailingRedis } from '../support/failing-redis.js';
import { openTestRedis, underAnotherPrefix, type TestRedis } from '../support/redis.js';
import { countersContract } from './counters.contract.js';
import { hotStoreContract } from './hot-store.contract.js';

describe.each(failingRedis)('%s', (name, startRedis) => {
  let server: FailingRedis;
  /** Each test would find every node anew. */
  let shared: TestRedis | undefined;
  beforeAll(async () => {
    server = await startRedis(inject('scratchFolder'));
  });
  afterAll(async () => {
    shared?.close();
    await server.stop();
  });

  hotStoreContract(`on Redis, ${name}`, async (clock) => {
    const { redis, close } = await openTestRedis(server.url);
    return { verifications: new RedisVerifications(redis, clock), attempts: new RedisAttempts(redis, clock), close };
  });

  countersContract(`on Redis, ${name}`, async (clock) => {
    shared ??= await openTestRedis(server.url);
    return { counters: new RedisCounters(underAnotherPrefix(shared.redis), clock), close: () => undefined };
  });
});
