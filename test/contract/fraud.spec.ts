import { expect, inject, test } from 'vitest';
import { MemoryBreakers } from '../../src/fraud/adapters/memory-breakers.js';
import { MemoryTrips } from '../../src/fraud/adapters/memory-trips.js';
import { MemoryWatchedGuesses } from '../../src/fraud/adapters/memory-watched-guesses.js';
import { MemoryWatchedSends } from '../../src/fraud/adapters/memory-watched-sends.js';
import { RedisTrips } from '../../src/fraud/adapters/redis-trips.js';
import { RedisWatchedGuesses } from '../../src/fraud/adapters/redis-watched-guesses.js';
import { RedisWatchedSends } from '../../src/fraud/adapters/redis-watched-sends.js';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import { openTestRedis } from '../support/redis.js';
import { RestingRedis } from '../support/resting-redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { abuseContract } from './fraud-abuse.contract.js';
import { conversionContract } from './fraud-conversion.contract.js';
import { countedOnceContract } from './fraud-counted-once.contract.js';
import { guessesContract } from './fraud-guesses.contract.js';
import { numbersContract } from './fraud-numbers.contract.js';
import { sendTo, type OpensFraudStores } from './fraud-stage.js';
import { tripsContract } from './fraud-trips.contract.js';

const inMemory: OpensFraudStores = (clock) => {
  const state = new MemoryBreakers(clock);
  return Promise.resolve({
    sends: new MemoryWatchedSends(state),
    guesses: new MemoryWatchedGuesses(state),
    trips: new MemoryTrips(state),
    close: () => undefined,
  });
};

const onRedis: OpensFraudStores = async (clock) => {
  const { redis, close } = await openTestRedis();
  return {
    sends: new RedisWatchedSends(redis, clock),
    guesses: new RedisWatchedGuesses(redis, clock),
    trips: new RedisTrips(redis, clock),
    close,
  };
};

for (const contract of [
  conversionContract,
  countedOnceContract,
  tripsContract,
  numbersContract,
  guessesContract,
  abuseContract,
]) {
  contract('in memory', inMemory);
  contract('on Redis', onRedis);
}

test('R46 a start leaves one key of its own on Redis, since every key takes more memory than what is in it', async () => {
  const { redis, close } = await openTestRedis();
  const resting = await RestingRedis.open(inject('redisUrl'));
  const sends = new RedisWatchedSends(redis, new ShiftedClock());
  const keys = async () => (await resting.keys(`${redis.prefix}*`)).length;
  const to = (number: string) => sends.judge(sendTo(number, {}, DEFAULT_DETECTORS));
  await to('+4915111110000');
  const shared = await keys();
  await to('+4915122220000');
  expect((await keys()) - shared).toBe(1);
  resting.close();
  close();
});
