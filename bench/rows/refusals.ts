import { randomBytes } from 'node:crypto';
import { Crowd } from '../load/crowd.js';
import { checkOf, somebodysPhone, startedLogin, wrong, type Shop } from '../load/people.js';
import { post } from '../load/request.js';
import { interleaved } from '../measure/interleave.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import { Echo } from '../stage/echo.js';
import type { Stage } from '../stage/stage.js';

const ROUNDS = 5;
const MS = 1_500;
const CROWD = 48;
/** Of each kind, before the first round: until then a part of the code is interpreted, and a request costs up to twice as much. */
const WARMING = 20_000;

/**
 * P2: what a refusal costs the service's processor, against an echo of the same framework. Processor time and not requests per
 * second, because Redis and the clients share the cores here. Echo and service have
 * both answered tens of thousands of requests before.
 */
export async function refusals(stage: Stage): Promise<Figure[]> {
  const { service, shop } = await stage.deployed('short-lived');
  const echo = await Echo.start(CROWD);
  stage.atTheEnd(() => echo.stop());
  // After the echo: the service cuts connections that ask nothing for nine seconds.
  const crowd = await Crowd.open(service.port, CROWD);
  const requests = await prepare(crowd, shop);
  await echo.ask(WARMING);
  for (const next of [requests.malformed, requests.unknown, requests.usedUp, requests.rateLimited])
    await crowd.askTimes(WARMING, next);
  const refused = (status: number, next: () => Buffer) => async () => {
    let asked = { requests: 0, statuses: {} as Record<number, number> };
    const used = await processorMsDuring({ service: service.pid ?? 0 }, async () => {
      asked = await crowd.askFor(MS, next);
    });
    if (asked.statuses[status] !== asked.requests)
      throw new Error(`not all ${String(status)}: ${JSON.stringify(asked)}`);
    return used.service / asked.requests;
  };
  const rounds = await interleaved(ROUNDS, {
    echo: () => echo.processorMsPerRequest(MS),
    malformed: refused(400, requests.malformed),
    unknown: refused(404, requests.unknown),
    usedUp: refused(429, requests.usedUp),
    rateLimited: refused(429, requests.rateLimited),
  });
  crowd.close();

  const line = (what: string, of: number[], atLeast: number): Figure => ({
    ...{ row: 'P2', what: `echo ÷ refusal: ${what}`, unit: '', target: { atLeast } },
    value: spreadOf(ratios(rounds.echo, of)),
  });
  return [
    line('malformed', rounds.malformed, 0.8),
    line('unknown id', rounds.unknown, 0.65),
    line('attempts used up', rounds.usedUp, 0.65),
    line('rate-limited start', rounds.rateLimited, 0.6),
    micros('the echo itself', rounds.echo),
    micros('malformed itself', rounds.malformed),
    micros('unknown id itself', rounds.unknown),
    micros('attempts used up itself', rounds.usedUp),
    micros('rate-limited start itself', rounds.rateLimited),
  ];
}

const micros = (what: string, ms: number[]): Figure => ({
  ...{ row: 'P2', what, unit: 'µs', value: spreadOf(ms.map((each) => each * 1_000)) },
});

async function prepare({ connections: [connection] }: Crowd, shop: Shop) {
  if (!connection) throw new Error('nobody is there');
  const over = await startedLogin(connection, shop);
  for (let guess = 0; guess < 5; guess += 1) await connection.ask(checkOf(over.id, wrong(over.code), shop.key));
  // Ten sends per hour and address of an end user: full for longer than the row takes.
  const pumped = () =>
    post('/v1/verifications', { to: { phone: somebodysPhone() }, endUser: { ip: '203.0.113.7' } }, shop.key);
  for (let send = 0; send < 10; send += 1) await connection.ask(pumped());
  const malformed = post(`/v1/verifications/${over.id}/checks`, { code: 123456 }, shop.key);
  const usedUp = checkOf(over.id, over.code, shop.key);
  const rateLimited = pumped();
  return {
    malformed: () => malformed,
    unknown: () => checkOf(`ver_${randomBytes(16).toString('base64url')}`, '123456', shop.key),
    usedUp: () => usedUp,
    rateLimited: () => rateLimited,
  };
}
