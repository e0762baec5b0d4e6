import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { openTestRedis } from '../support/redis.js';
import { capsContract } from './counters-caps.contract.js';
import { changesContract } from './counters-changes.contract.js';
import { shadowContract } from './counters-shadow.contract.js';
import type { OpensCounters } from './counter-fixtures.js';
import { countersContract } from './counters.contract.js';

const inMemory: OpensCounters = (clock) =>
  Promise.resolve({ counters: new MemoryCounters(clock), close: () => undefined });

const onRedis: OpensCounters = async (clock) => {
  const { redis, close } = await openTestRedis();
  return { counters: new RedisCounters(redis, clock), close };
};

for (const contract of [countersContract, shadowContract, capsContract, changesContract]) {
  contract('in memory', inMemory);
  contract('on Redis', onRedis);
}
