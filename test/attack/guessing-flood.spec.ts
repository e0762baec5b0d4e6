/**
 * More checks than the machine can hash: argon2 without a bound fills libuv's pool, which DNS and files share, until nothing
 * answers (keycloak#28477); one with a bound can be filled by whoever asks about things that need no hash at all.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { countHashes, hashesOf } from '../support/hash-count.js';
import { actsCounted, MARKS } from '../support/limit-counters.js';
import { startLogin, wrong, type Answer, type Login } from '../support/login.js';
import { atOnce, tally } from '../support/parallel.js';
import { startService } from '../support/start-service.js';

const LOGINS = 24;
const GUESSES_EACH = 4;

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1, env: { HASH_COST: 'owasp', ...countHashes } });
});
afterAll(() => deployment.close());

const hashes = () => hashesOf(deployment.service());

/** How long the liveness probe took, in milliseconds, asked again and again until the work is done. */
async function probesDuring(work: Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  const flood = { over: false };
  void work.finally(() => (flood.over = true));
  do {
    const before = performance.now();
    await deployment.service().call('GET', '/livez');
    took.push(performance.now() - before);
    await sleep(5);
  } while (!flood.over);
  return took.sort((a, b) => a - b);
}

test('R12 a flood of checks: no more hashes than cores, and who finds no room has spent nothing', async () => {
  const logins = await atOnce(LOGINS, () => startLogin(deployment, { codeLength: 10 }));
  const codes = await Promise.all(logins.map((login) => login.code()));
  const loginOf = (n: number) => logins[n % LOGINS] as Login;
  const before = hashes().begun;
  const flood = atOnce(LOGINS * GUESSES_EACH, (n) => {
    const endUser = { ip: `192.0.2.${String(n % LOGINS)}` };
    return loginOf(n).check(wrong(codes[n % LOGINS] ?? '', n + 1), {}, { endUser });
  });
  const probes = await probesDuring(flood);
  const replies = await flood;

  const { '422 wrong-code': compared = 0, '503 overloaded': refused = 0, ...others } = tally(replies);
  expect(others).toEqual({});
  expect(compared).toBeGreaterThanOrEqual(availableParallelism());
  expect(refused).toBeGreaterThan(0);
  for (const { headers } of replies.filter(({ status }) => status === 503))
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);

  expect(hashes().begun - before).toBe(compared);
  expect(hashes().mostAtOnce).toBeLessThanOrEqual(availableParallelism());
  const left = await Promise.all(logins.map(async (login) => (await login.read()).body.attemptsLeft ?? NaN));
  expect(left.reduce((sum, attempts) => sum + 5 - attempts, 0)).toBe(compared);
  expect(await actsCounted(deployment.redis, MARKS.failure, 'recipient:*')).toBe(compared);
  expect(await actsCounted(deployment.redis, MARKS.check, 'ip:*')).toBe(compared);
  expect(probes[Math.floor(probes.length / 2)]).toBeLessThan(100);
});

test('R12 a flood at what needs no hash takes no place from a person who has a code', async () => {
  const over = await startLogin(deployment);
  await over.code();
  await over.cancel();
  const login = await startLogin(deployment);
  const code = await login.code();
  const before = hashes().begun;
  const unknown = `/v1/verifications/ver_${'A'.repeat(22)}/checks`;
  const flood = Promise.all([
    atOnce(150, () => over.check('000000')),
    atOnce(150, () =>
      deployment.service().call('POST', unknown, { key: deployment.tenant.key, body: { code: '000000' } }),
    ),
  ]);

  expect((await login.check(code)).status).toBe(200);
  const [atOver, atUnknown] = await flood;
  expect(tally(atOver)).toEqual({ '410 canceled': 150 });
  expect(atUnknown.filter(({ status }) => status !== 404)).toEqual([]);
  expect(hashes().begun - before).toBe(1);
});

test('R12 hashes leave two threads of the pool to DNS and files, however many cores there are', async () => {
  const { world } = deployment;
  const service = await startService({ world, env: { HASH_COST: 'owasp', UV_THREADPOOL_SIZE: '3', ...countHashes } });
  const login = await startLogin(deployment, { codeLength: 10 });
  const path = `/v1/verifications/${login.id}/checks`;
  const code = wrong(await login.code());
  const replies = await atOnce(5, () =>
    service.call<Answer>('POST', path, { key: deployment.tenant.key, body: { code } }),
  );

  const { '422 wrong-code': compared } = tally(replies);
  expect(compared).toBeGreaterThan(1);
  expect(hashesOf(service).mostAtOnce).toBe(1);
  await service.stop();
});
