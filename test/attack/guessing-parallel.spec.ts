/**
 * Many guesses at once: a check that reads the counter, compares and then counts lets every request compare that read it
 * before the first one wrote (better-auth#8067); one that approves after comparing approves twice (keycloak#26106). Kratos
 * reserves the attempt first (persister_code.go), and so do we.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { failingRedis, type FailingRedis } from '../support/failing-redis.js';
import { countHashes, hashesOf } from '../support/hash-count.js';
import { startLogin, wrong, type Login } from '../support/login.js';
import { atOnce, rounds as allRounds, tally } from '../support/parallel.js';

/** The rounds are many where they cost least; scripts are the same everywhere. */
const everyRedis = [
  { name: 'alone', share: 1, startRedis: undefined },
  ...failingRedis.map(([name, startRedis]) => ({ name, share: 0.2, startRedis })),
];

describe.each(everyRedis)('Redis, $name', ({ share, startRedis }) => {
  let redis: FailingRedis | undefined;
  let deployment: Deployment;
  const rounds = (count: number, round: () => Promise<void>) => allRounds(Math.ceil(count * share), round);

  beforeAll(async () => {
    redis = await startRedis?.(inject('scratchFolder'));
    deployment = await openDeployment({ processes: 2, env: countHashes, ...(redis && { redisUrl: redis.url }) });
  });
  afterAll(async () => {
    await deployment.close();
    await redis?.stop();
  });

  const hashed = () => deployment.services.reduce((sum, service) => sum + hashesOf(service).begun, 0);

  /** What the ledger says, and how many events told of the end. */
  async function ledgerOf({ id }: Login) {
    const sql = `SELECT status, failed_checks AS failures, (SELECT count(*)::int FROM events
      WHERE verification_id = v.id AND type = 'verification.' || v.status) AS events FROM verifications v WHERE id = $1`;
    return (await deployment.database.query(sql, [id]))[0];
  }

  test('R13 I2 200 wrong guesses at once on two processes: five are hashed, the rest refused', () =>
    rounds(5, async () => {
      const login = await startLogin(deployment);
      const code = await login.code();
      const before = hashed();
      const replies = await atOnce(200, (n) => login.checkUntilDecided(wrong(code, n + 1), { at: n }));

      expect(tally(replies)).toEqual({ '422 wrong-code': 5, '429 attempts-used-up': 195 });
      const left = replies.flatMap(({ status, body }) => (status === 422 ? [body.attemptsLeft] : []));
      expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
      expect(hashed() - before).toBe(5);
      expect(await ledgerOf(login)).toEqual({ status: 'failed', failures: 5, events: 1 });
      expect((await login.check(code)).body.code).toBe('attempts-used-up');
    }));

  test('R14 R75 I1 50 right guesses at once on two processes: one is approved, with one token', () =>
    rounds(20, async () => {
      const login = await startLogin(deployment);
      const code = await login.code();
      const replies = await atOnce(50, (n) => login.check(code, { at: n }));

      expect(replies.filter(({ status }) => status < 400)).toHaveLength(1);
      expect(replies.flatMap(({ body }) => body.token ?? [])).toHaveLength(1);
      expect(await ledgerOf(login)).toEqual({ status: 'approved', failures: 0, events: 1 });
      expect((await login.check(code, { at: 1 })).body.code).toBe('already-approved');
    }));

  test('R13 a right guess that holds an attempt is approved, though the last wrong ones settle before it', () =>
    rounds(10, async () => {
      const login = await startLogin(deployment);
      const code = await login.code();
      const [right, ...others] = await atOnce(5, (n) => login.check(wrong(code, n), { at: n }));

      expect(right).toMatchObject({ status: 200, body: { status: 'approved' } });
      expect(others.filter(({ status }) => status < 400)).toEqual([]);
      expect(await ledgerOf(login)).toMatchObject({ status: 'approved', events: 1 });
    }));

  test('R14 one right guess among ten wrong ones is approved or refused, and the ledger says the same', () =>
    rounds(10, async () => {
      const login = await startLogin(deployment);
      const code = await login.code();
      const replies = await atOnce(11, (n) => login.checkUntilDecided(wrong(code, n - 5), { at: n }));

      const ending = replies[5]?.status === 200 ? 'approved' : 'failed';
      const { '422 wrong-code': compared, ...others } = tally(replies);
      if (ending === 'failed')
        expect({ compared, others }).toEqual({ compared: 5, others: { '429 attempts-used-up': 6 } });
      else expect(others['200 approved']).toBe(1);
      expect(await ledgerOf(login)).toMatchObject({ status: ending, events: 1 });
    }));

  test('R22 a right guess and a cancel at once: one of them, never both', () =>
    rounds(10, async () => {
      const login = await startLogin(deployment);
      const code = await login.code();
      const [check, cancel] = await Promise.all([login.check(code, { at: 0 }), login.cancel({ at: 1 })]);

      expect([check.status, cancel.status].sort()).toEqual([200, 410]);
      const ending = check.status === 200 ? 'approved' : 'canceled';
      expect(await ledgerOf(login)).toMatchObject({ status: ending, events: 1 });
    }));
});
