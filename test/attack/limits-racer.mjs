/**
 * One node of the race: says when it is connected. Told of a wave, it takes at once as many times of each race as it is told, and says
 * how many were allowed. A wave may be later by the clock of all.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [dist = '', redisUrl, prefix, node, clockOffByMs] = process.argv.slice(2);
// Before anything reads it: this node's clock is wrong from its first moment.
const rightly = Date.now;
Date.now = () => rightly() + Number(clockOffByMs);

const load = (file) => import(join(dist, file));
const [{ RedisConnection }, { Log }, { RedisCounters }, { Limiter }] = await Promise.all([
  load('platform/redis/connection.js'),
  load('platform/log/log.js'),
  load('limits/adapters/redis-counters.js'),
  load('limits/application/limiter.js'),
]);

const rule = { on: 'send', scope: 'application', mode: 'enforce', windowSeconds: 3600 };
const rules = [
  { ...rule, name: 'recipient-hour', by: ['recipient'], max: 37 },
  { ...rule, name: 'country-hour', by: ['country'], max: 300 },
  { ...rule, name: 'everywhere', by: ['subject'], scope: 'global', max: 23 },
];
const cap = { name: 'spend', windowSeconds: 3600, max: 1_000, weight: 7, mode: 'enforce' };

/** What is raced for, and under which options. */
const races = {
  recipient: [{ recipient: 'victim' }],
  country: [{ country: 'DE' }],
  everywhere: [{ subject: 'u' }],
  cap: [{}, { caps: [cap] }],
};

const redis = await new RedisConnection(redisUrl, Log.to('silent'), prefix).open();
const clock = { offsetMs: 0, now: Date.now };
const limiter = new Limiter(new RedisCounters(redis, clock), { rulesOf: () => rules });

/** On a starved machine Redis is silent for longer than a service waits. The same act is asked for again, and counts once. */
async function surely(asking) {
  for (;;) {
    try {
      return await asking();
    } catch (error) {
      if (error.code !== 'unavailable') throw error;
      await sleep(200);
    }
  }
}

process.on('message', async ({ wave, takes, laterByMs }) => {
  clock.offsetMs = laterByMs;
  const allowed = Object.fromEntries(Object.keys(races).map((race) => [race, 0]));
  const take = async (race, i) => {
    const [dimensions, options] = races[race];
    // Half of them ask everywhere from an application of their own: a global rule is one counter all the same.
    const applicationId = race === 'everywhere' && i % 2 ? `app_${node}` : 'app_1';
    const act = `${node}-${race}-${wave}-${i}`;
    const { kind } = await surely(() => limiter.take('send', act, { applicationId, ...dimensions }, options));
    if (kind === 'allowed') allowed[race] += 1;
  };
  await Promise.all(Object.keys(races).flatMap((race) => Array.from({ length: takes[race] }, (_, i) => take(race, i))));
  process.send(allowed);
});
process.once('disconnect', () => redis.close());
process.send('ready');
