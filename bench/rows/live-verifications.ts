import { Crowd } from '../load/crowd.js';
import { checkOf, startedLogin, type Waiting } from '../load/people.js';
import { interleaved } from '../measure/interleave.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import { fillWithLive } from '../stage/live-verifications.js';
import type { Stage } from '../stage/stage.js';

const ROUNDS = 5;
const CHECKS = 400;
const CROWD = 8;
const FEW = 1_000;
const MANY = 1_000_000;

/** P6: what a check costs the service and Redis while a million verifications are live, and how much room each of them takes. */
export async function liveVerifications(stage: Stage): Promise<Figure[]> {
  const few = await checker(stage, FEW);
  const many = await checker(stage, MANY);
  const rounds = await interleaved(ROUNDS, { few: few.costOfCheck, many: many.costOfCheck });
  await Promise.all([few.close(), many.close()]);

  const ratio = (of: (cost: Cost) => number) => spreadOf(ratios(rounds.many.map(of), rounds.few.map(of)));
  const redisMs = (side: Cost[]) => spreadOf(side.map(({ redis }) => redis));
  const row = 'P6';
  return [
    {
      ...{ row, what: 'cost of a check, 10⁶ ÷ 10³ live (service + Redis)', unit: '', target: { atMost: 1.1 } },
      value: ratio(({ service, redis }) => service + redis),
    },
    { row, what: '… of Redis alone', unit: '', value: ratio(({ redis }) => redis) },
    { row, what: 'Redis per check, 10³ live', unit: 'ms', value: redisMs(rounds.few) },
    { row, what: 'Redis per check, 10⁶ live', unit: 'ms', value: redisMs(rounds.many) },
    {
      ...{ row, what: 'Redis per live verification', unit: 'bytes', target: { atMost: 1_024 } },
      value: spreadOf([many.bytesEach]),
    },
  ];
}

/** Processor time of one check, in milliseconds. */
interface Cost {
  service: number;
  redis: number;
}

/** A deployment on a Redis of its own in which so many verifications are live. */
async function checker(stage: Stage, live: number) {
  const redis = await stage.anotherRedis();
  const deployed = await stage.deploy('short-lived', redis);
  const { service, shop } = deployed;
  const bytesEach = await fillWithLive(deployed, live);
  const crowd = await Crowd.open(service.port, CROWD);
  const pids = { service: service.pid ?? 0, redis: redis.pid ?? 0 };

  async function costOfCheck(): Promise<Cost> {
    const waiting: Waiting[] = [];
    await crowd.share(Array.from({ length: CHECKS }), async (connection) => {
      waiting.push(await startedLogin(connection, shop));
      return { status: 202, body: '' };
    });
    const used = await processorMsDuring(pids, () =>
      crowd.share(waiting, (connection, { id, code }) => connection.ask(checkOf(id, code, shop.key))),
    );
    return { service: used.service / CHECKS, redis: used.redis / CHECKS };
  }

  async function close(): Promise<void> {
    crowd.close();
    await service.stop();
    await redis.stop();
  }

  return { bytesEach, costOfCheck, close };
}
