import { Crowd } from '../load/crowd.js';
import { wholeLogin } from '../load/people.js';
import { interleaved } from '../measure/interleave.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import { bareHashes } from '../stage/bare-hashes.js';
import { Echo } from '../stage/echo.js';
import type { Stage } from '../stage/stage.js';

const ROUNDS = 5;
const LOGINS = 400;
/** Long enough to have its code compiled. */
const ECHO_MS = 1_500;
const HASH_MS = 600;
/** People who log in at the same time: fewer than the hash queue has places for, so that nobody is refused. */
const CROWD = 8;
/** One when the code is made, one when it is checked. */
const HASHES = 2;

/**
 * P4: processor time of one whole login (start, dispatch, delivered report, check) without its two hashes; and what Redis and
 * Postgres spend on it, from which the capacity table is made.
 */
export async function wholeLogins(stage: Stage): Promise<Figure[]> {
  const { service, shop } = await stage.deployed('short-lived');
  const echo = await Echo.start(CROWD);
  stage.atTheEnd(() => echo.stop());
  // After the echo: the service cuts connections that ask nothing for nine seconds.
  const crowd = await Crowd.open(service.port, CROWD);
  const pids = { service: service.pid ?? 0, redis: stage.redis.pid ?? 0, postgres: stage.postgres.pid ?? 0 };
  const everybody = Array.from({ length: LOGINS }, () => null);
  const rounds = await interleaved(ROUNDS, {
    echo: () => echo.processorMsPerRequest(ECHO_MS),
    hash: async () => (await bareHashes('short-lived', HASH_MS)).processorMs,
    login: () => processorMsDuring(pids, () => crowd.share(everybody, (connection) => wholeLogin(connection, shop))),
  });
  crowd.close();

  const perLogin = (of: keyof typeof pids) => rounds.login.map((used) => used[of] / LOGINS);
  const own = perLogin('service').map((ms, round) => ms - HASHES * (rounds.hash[round] ?? 0));
  const hundredEchoes = rounds.echo.map((ms) => ms * 100);
  const line = (what: string, unit: string, values: number[]): Figure => ({
    ...{ row: 'P4', what, unit, value: spreadOf(values) },
  });
  return [
    { ...line('processor time of a login, without hashes', 'ms', own), target: { atMost: 2.5 } },
    line('… ÷ 100 echoes', '', ratios(own, hundredEchoes)),
    line('… with its two hashes', 'ms', perLogin('service')),
    line('one hash', 'ms', rounds.hash),
    line('Redis per login', 'ms', perLogin('redis')),
    line('Postgres per login', 'ms', perLogin('postgres')),
  ];
}
