/** One node of the race: says when it is connected, then takes 1000 times at once and says how many were allowed. */
import { join } from 'node:path';

const [dist = '', redisUrl, prefix, node] = process.argv.slice(2);
const load = (file) => import(join(dist, file));
const [{ RedisConnection }, { Log }, { RedisCounters }, { Limiter }, { DEFAULT_RULES }] = await Promise.all([
  load('platform/redis/connection.js'),
  load('platform/log/log.js'),
  load('limits/adapters/redis-counters.js'),
  load('limits/application/limiter.js'),
  load('limits/domain/default-rules.js'),
]);

const redis = await new RedisConnection(redisUrl, Log.to('silent'), prefix).open();
const limiter = new Limiter(new RedisCounters(redis, { offsetMs: 0, now: Date.now }), { rulesOf: () => DEFAULT_RULES });
const guess = { applicationId: 'app_1', recipient: 'victim' };

process.once('message', async () => {
  const takes = Array.from({ length: 1_000 }, (_, i) => limiter.take('failed-check', `${node}-${i}`, guess));
  const decisions = await Promise.all(takes);
  redis.close();
  process.send(decisions.filter(({ kind }) => kind === 'allowed').length, () => process.disconnect());
});
process.send('ready');
