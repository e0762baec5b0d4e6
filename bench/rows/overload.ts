import { availableParallelism } from 'node:os';
import type { Connection } from '../load/connection.js';
import { Crowd } from '../load/crowd.js';
import { flood, type Timed } from '../load/flood.js';
import { checkOf, startedLogin, wrong, type Shop } from '../load/people.js';
import { get } from '../load/request.js';
import { percentile, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Stage } from '../stage/stage.js';

const UNLOADED = 40;
/** About as many as two cores hash in four seconds, and more of them where there are more cores. */
const CAPACITY_CHECKS = availableParallelism() * 200;
const FLOOD_MS = 30_000;
/** Times the capacity. */
const OFFERED = 2;
/** Of five attempts: the last one would end the verification. */
const GUESSES_EACH = 4;
const READS_PER_SECOND = 20;
const CROWD = availableParallelism() * 4;

/** P5: twice as many checks per second as can be hashed, for half a minute, beside people who only read a status. */
export async function overload(stage: Stage): Promise<Figure[]> {
  const { service, shop } = await stage.deployed('owasp');
  const crowd = await Crowd.open(service.port, CROWD);
  const guesses = wrongGuesses(crowd, shop);
  await guesses.prepare(UNLOADED + CAPACITY_CHECKS);
  const [first] = crowd.connections;
  if (!first) throw new Error('nobody is there');

  const unloaded: number[] = [];
  for (let n = 0; n < UNLOADED; n += 1) unloaded.push((await timed(() => guesses.ask(first))).ms);
  const capacity = await crowd.share(Array.from({ length: CAPACITY_CHECKS }), (connection) => guesses.ask(connection));
  const perSecond = (capacity.requests * 1_000) / capacity.ms;
  // One for each request of the flood: who is refused slowly holds a guess, too, and the capacity may have been measured low.
  await guesses.prepare((OFFERED * perSecond * FLOOD_MS) / 1_000 + 1);
  crowd.close();

  const at = { port: service.port, ms: FLOOD_MS };
  const [checks, reads] = await Promise.all([
    flood({ ...at, perSecond: OFFERED * perSecond }, (connection) => guesses.ask(connection)),
    flood({ ...at, perSecond: READS_PER_SECOND }, (connection) => connection.ask(guesses.read())),
  ]);
  return figuresOf({ perSecond, unloaded, checks, reads });
}

function figuresOf(run: { perSecond: number; unloaded: number[]; checks: Timed[]; reads: Timed[] }): Figure[] {
  const msOf = (answers: Timed[], status: number) => answers.flatMap((a) => (a.status === status ? [a.ms] : []));
  const [admitted, refused] = [msOf(run.checks, 422), msOf(run.checks, 503)];
  const others = run.checks.length - admitted.length - refused.length;
  const one = (what: string, unit: string, value: number): Figure => ({
    ...{ row: 'P5', what, unit, value: spreadOf([value]) },
  });
  const p50 = percentile(run.unloaded, 0.5);
  const p99 = p99Of(admitted);
  const goodput = (admitted.length * 1_000) / FLOOD_MS / run.perSecond;
  return [
    { ...one('twice the capacity offered: goodput ÷ capacity', '', goodput), target: { atLeast: 0.88 } },
    { ...one('admitted p99 ÷ unloaded p50', '', p99 / p50), target: { atMost: 10 } },
    {
      ...one('refused (503) p99', 'ms', p99Of(refused)),
      ...(refused.length > 0 ? { target: { atMost: 20 } } : { note: 'no check was refused' }),
    },
    { ...one('status reads p99', 'ms', p99Of(msOf(run.reads, 200))), target: { atMost: 50 } },
    one('capacity', '/s', run.perSecond),
    one('unloaded p50', 'ms', p50),
    one('admitted p99', 'ms', p99),
    one('neither admitted nor refused', '', others),
  ];
}

const p99Of = (ms: number[]) => (ms.length > 0 ? percentile(ms, 0.99) : Number.NaN);

/** Wrong guesses, each of which is hashed if there is room: a refused one has cost nothing and is made again later. */
function wrongGuesses(crowd: Crowd, shop: Shop) {
  const queue: Buffer[] = [];
  const ids: string[] = [];
  return {
    prepare: (guesses: number) =>
      crowd.share(Array.from({ length: Math.ceil(guesses / GUESSES_EACH) }), async (connection) => {
        const { id, code } = await startedLogin(connection, shop);
        ids.push(id);
        for (let n = 0; n < GUESSES_EACH; n += 1) queue.push(checkOf(id, wrong(code), shop.key));
        return { status: 202, body: '' };
      }),
    read: () => get(`/v1/verifications/${ids[0] ?? ''}`, shop.key),
    ask: async (connection: Connection) => {
      const guess = queue.shift();
      if (!guess) throw new Error('more guesses were admitted than prepared');
      const answer = await connection.ask(guess);
      if (answer.status === 503) queue.push(guess);
      return answer;
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<{ ms: number }> {
  const start = performance.now();
  await work();
  return { ms: performance.now() - start };
}
