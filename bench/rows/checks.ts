import { availableParallelism } from 'node:os';
import { Crowd } from '../load/crowd.js';
import { checkOf, startedLogin, type Waiting } from '../load/people.js';
import { interleaved } from '../measure/interleave.js';
import { ratios, spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import { bareHashes } from '../stage/bare-hashes.js';
import type { Stage } from '../stage/stage.js';

const ROUNDS = 5;
const HASH_MS = 2_500;
/** About as many seconds of checks. */
const CHECKS = 200;
/** Enough to keep the hash queue busy, too few to fill it. */
const CROWD = availableParallelism() * 4;

/**
 * P1: right checks per second at the dearer cost, with Redis, Postgres and the clients on the same cores, against nothing but
 * argon2 with as many hashes in flight.
 */
export async function checks(stage: Stage): Promise<Figure[]> {
  const { service, shop } = await stage.deployed('owasp');
  const crowd = await Crowd.open(service.port, CROWD);
  const rounds = await interleaved(ROUNDS, {
    hashes: async () => (await bareHashes('owasp', HASH_MS)).perSecond,
    checks: async () => {
      const waiting: Waiting[] = [];
      const people = Array.from({ length: CHECKS });
      await crowd.share(people, async (connection) => {
        waiting.push(await startedLogin(connection, shop));
        return { status: 202, body: '' };
      });
      const asked = await crowd.share(waiting, (connection, { id, code }) =>
        connection.ask(checkOf(id, code, shop.key)),
      );
      if (asked.statuses[200] !== asked.requests)
        throw new Error(`not all approved: ${JSON.stringify(asked.statuses)}`);
      return (asked.requests * 1_000) / asked.ms;
    },
  });
  crowd.close();
  return [
    {
      ...{ row: 'P1', what: 'checks/s ÷ bare argon2 hashes/s, owasp', unit: '', target: { atLeast: 0.85 } },
      value: spreadOf(ratios(rounds.checks, rounds.hashes)),
    },
    { row: 'P1', what: 'checks', unit: '/s', value: spreadOf(rounds.checks) },
    { row: 'P1', what: 'bare argon2 hashes', unit: '/s', value: spreadOf(rounds.hashes) },
  ];
}
