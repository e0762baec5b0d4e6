import { availableParallelism } from 'node:os';
import { Crowd } from '../load/crowd.js';
import { wholeLogin } from '../load/people.js';
import { interleaved } from '../measure/interleave.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Deployed, Stage } from '../stage/stage.js';

const ROUNDS = 5;
const LOGINS = 400;
const CROWD = 8;
/** Below this, two processes would only take turns on the cores that Redis, Postgres and the clients need, too. */
const CORES_NEEDED = 8;

/** P8: two processes against one. Where there are not enough cores: how many logins a second the measured processor time allows. */
export async function processes(stage: Stage): Promise<Figure[]> {
  const deployed = await stage.deployed('short-lived');
  return availableParallelism() >= CORES_NEEDED ? twoAgainstOne(deployed) : computed(stage, deployed);
}

async function twoAgainstOne({ service, shop, another }: Deployed): Promise<Figure[]> {
  const second = await another();
  const [one, two] = await Promise.all([Crowd.open(service.port, CROWD), Crowd.open(second.port, CROWD)]);
  const people = Array.from({ length: LOGINS });
  const logins = async (crowds: Crowd[]) => {
    const done = await Promise.all(crowds.map((crowd) => crowd.share(people, (at) => wholeLogin(at, shop))));
    return (done.length * LOGINS * 1_000) / Math.max(...done.map(({ ms }) => ms));
  };
  const rounds = await interleaved(ROUNDS, { one: () => logins([one]), two: () => logins([one, two]) });
  for (const crowd of [one, two]) crowd.close();
  await second.stop();
  return [
    {
      ...{ row: 'P8', what: 'logins/s, two processes ÷ one', unit: '', target: { atLeast: 1.8 } },
      value: spreadOf(ratios(rounds.two, rounds.one)),
    },
  ];
}

async function computed(stage: Stage, { service, shop }: Deployed): Promise<Figure[]> {
  const crowd = await Crowd.open(service.port, CROWD);
  const pids = { service: service.pid ?? 0, redis: stage.redis.pid ?? 0, postgres: stage.postgres.pid ?? 0 };
  const people = Array.from({ length: LOGINS });
  const { login } = await interleaved(ROUNDS, {
    login: () => processorMsDuring(pids, () => crowd.share(people, (connection) => wholeLogin(connection, shop))),
  });
  crowd.close();
  const note = `computed from processor time: this machine has fewer than ${String(CORES_NEEDED)} cores`;
  const perCore = (of: keyof typeof pids): Figure => ({
    ...{ row: 'P8', what: `logins/s that one core allows: ${of}`, unit: '/s', note },
    value: spreadOf(login.map((used) => (LOGINS * 1_000) / used[of])),
  });
  return [perCore('service'), perCore('redis'), perCore('postgres')];
}
