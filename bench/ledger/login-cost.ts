import { Crowd } from '../load/crowd.js';
import { wholeLogin } from '../load/people.js';
import { interleaved } from '../measure/interleave.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Deployed, Stage } from '../stage/stage.js';

const ROUNDS = 5;
const LOGINS = 200;
/** People who log in at the same time: fewer than the hash queue has places for, so that nobody is refused. */
const CROWD = 6;

interface Cost {
  service: number;
  postgres: number;
  /** Of a login, in milliseconds, as long as the crowd took for all of them. */
  latency: number;
}

/** P7: what a whole login costs on the full ledger and on the empty one, in turns, on the same servers. */
export async function loginCost(stage: Stage, empty: Deployed, full: Deployed): Promise<Figure[]> {
  const subjects = { empty: costOf(stage, empty), full: costOf(stage, full) };
  const rounds = await interleaved(ROUNDS, subjects);
  const line = (what: string, unit: string, values: number[]): Figure => ({
    ...{ row: 'P7', what, unit, value: spreadOf(values) },
  });
  const cost = ({ service, postgres }: Cost) => service + postgres;
  const ratio = (of: (cost: Cost) => number) => ratios(rounds.full.map(of), rounds.empty.map(of));
  return [
    { ...line('processor time of a login, full ÷ empty', '', ratio(cost)), target: { atMost: 1.2 } },
    line(
      '… Postgres alone',
      '',
      ratio(({ postgres }) => postgres),
    ),
    line(
      '… the service alone',
      '',
      ratio(({ service }) => service),
    ),
    {
      ...line(
        'time of a login, full ÷ empty',
        '',
        ratio(({ latency }) => latency),
      ),
      target: { atMost: 1.2 },
    },
    line(
      'Postgres per login, empty',
      'ms',
      rounds.empty.map(({ postgres }) => postgres),
    ),
    line(
      'Postgres per login, full',
      'ms',
      rounds.full.map(({ postgres }) => postgres),
    ),
    line(
      'the service per login, empty',
      'ms',
      rounds.empty.map(({ service }) => service),
    ),
    line(
      'the service per login, full',
      'ms',
      rounds.full.map(({ service }) => service),
    ),
  ];
}

/** Everybody comes anew in each round: what waits while the others are measured is hung up on. */
function costOf(
  stage: Pick<Stage, 'postgres'>,
  { service, shop }: Pick<Deployed, 'service' | 'shop'>,
): () => Promise<Cost> {
  const pids = { service: service.pid ?? 0, postgres: stage.postgres.pid ?? 0 };
  const everybody = Array.from({ length: LOGINS }, () => null);
  return async () => {
    const crowd = await Crowd.open(service.port, CROWD);
    let ms = 0;
    const used = await processorMsDuring(pids, async () => {
      ({ ms } = await crowd.share(everybody, (connection) => wholeLogin(connection, shop)));
    });
    crowd.close();
    return { service: used.service / LOGINS, postgres: used.postgres / LOGINS, latency: (ms * CROWD) / LOGINS };
  };
}
