import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchService, type Service } from '../../test/support/service.js';
import { interleaved } from '../measure/interleave.js';
import { processorMs } from '../measure/processor-time.js';
import { spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Stage } from '../stage/stage.js';

const ROUNDS = 5;
/** After this long a process that nobody calls has settled. */
const SETTLED_MS = 3_000;

/** P9: from `node dist/main.js` to ready, with Redis and Postgres and embedded, and the memory of an idle process. */
export async function start(stage: Stage): Promise<Figure[]> {
  const { another } = await stage.deployed('short-lived');
  const dataDir = join(await mkdtemp(join(stage.scratch, 'embedded-')), 'data');
  const embedded = () => launchService(stage.scratch, { dataDir, env: { LOG_LEVEL: 'silent' } });
  await (await embedded()).stop();
  const rounds = await interleaved(ROUNDS, {
    // A stop in production begins with five seconds for balancers.
    production: () => started(another, (service) => service.kill()),
    embedded: () => started(embedded, (service) => service.stop()),
  });

  const idle = await another();
  await sleep(SETTLED_MS);
  const residentMb = (await residentKib(idle)) / 1_024;
  await idle.kill();
  const line = (what: string, unit: string, values: number[], atMost: number): Figure => ({
    ...{ row: 'P9', what, unit, target: { atMost }, value: spreadOf(values) },
  });
  const processor = (sides: Started[]): Figure['value'] => spreadOf(sides.map((side) => side.processorMs));
  return [
    line(
      'start to ready, Redis + Postgres',
      'ms',
      rounds.production.map(({ ms }) => ms),
      1_000,
    ),
    { row: 'P9', what: '… its processor time', unit: 'ms', value: processor(rounds.production) },
    line(
      'start to ready, embedded, second start',
      'ms',
      rounds.embedded.map(({ ms }) => ms),
      1_500,
    ),
    { row: 'P9', what: '… its processor time', unit: 'ms', value: processor(rounds.embedded) },
    line('resident memory, idle, Redis + Postgres', 'MB', [residentMb], 130),
  ];
}

interface Started {
  ms: number;
  processorMs: number;
}

async function started(launch: () => Promise<Service>, end: (service: Service) => Promise<unknown>): Promise<Started> {
  const begin = performance.now();
  const service = await launch();
  const ms = performance.now() - begin;
  const used = await processorMs(service.pid ?? 0);
  await end(service);
  return { ms, processorMs: used };
}

async function residentKib({ pid }: Service): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}
