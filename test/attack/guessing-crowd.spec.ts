/**
 * A crowd of guesses around one that counts: the failure budget of a recipient is asked beside the attempt, so guesses that
 * get no attempt hold a place in it for a moment. If that could fill it, whoever guesses junk at the right moment would get a
 * person refused who typed the right code, and a client that retries would refuse itself.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { actsCounted, MARKS } from '../support/limit-counters.js';
import { newPhone, startLogin, wrong, type Login } from '../support/login.js';
import { atOnce, rounds, tally } from '../support/parallel.js';
import { passPause } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

/** A login whose recipient has failed so often within the hour, `atThis` of them at this very verification. */
async function afterFailures(before: number, atThis: number): Promise<Login> {
  const phone = newPhone();
  const earlier = await startLogin(deployment, { to: { phone } });
  for (let n = 1; n <= before; n += 1) await earlier.check(wrong(await earlier.code(), n));
  await passPause(deployment);
  const login = await startLogin(deployment, { to: { phone } });
  for (let n = 1; n <= atThis; n += 1) await login.check(wrong(await login.code(), n));
  return login;
}

const failures = () => actsCounted(deployment.redis, MARKS.failure, 'recipient:*');

test('R18 R25 with one failure left of the hour’s ten, twenty retries of one guess are one guess, and it is compared', () =>
  rounds(4, async () => {
    const login = await afterFailures(5, 4);
    const guess = wrong(await login.code(), 5);
    const before = await failures();
    const replies = await atOnce(20, (at) => login.check(guess, { at, idempotencyKey: 'one' }));

    const { '422 wrong-code': answered = 0, ...others } = tally(replies);
    expect(answered).toBeGreaterThan(0);
    expect(Object.keys(others).filter((name) => !/^(409|503) /.test(name))).toEqual([]);
    expect((await failures()) - before).toBe(1);
  }));

test('R18 R25 a guess that took the last of the hour’s ten is answered the same when it is asked again', async () => {
  const login = await afterFailures(5, 4);
  const guess = wrong(await login.code(), 5);
  const first = await login.check(guess, { idempotencyKey: 'one' });
  expect(first).toMatchObject({ status: 422, body: { code: 'wrong-code', attemptsLeft: 0 } });

  const again = await login.check(guess, { at: 1, idempotencyKey: 'one' });
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  const another = await login.check(await login.code(), { idempotencyKey: 'one' });
  expect(another).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } });
});

test('R13 R18 with one attempt and one failure left, of twenty right guesses at once the one that has them is approved', () =>
  rounds(4, async () => {
    const login = await afterFailures(5, 4);
    const code = await login.code();
    const before = await failures();
    const replies = await atOnce(20, (at) => login.checkUntilDecided(code, { at }));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'rate-limited')).toEqual([]);
    expect(await failures()).toBe(before);
  }));

test('R18 guesses that got no attempt, or came too late, leave nothing in the failure budget', () =>
  rounds(4, async () => {
    const login = await startLogin(deployment);
    const code = await login.code();
    const before = await failures();
    const replies = await atOnce(60, (n) => login.checkUntilDecided(wrong(code, n + 1), { at: n }));

    expect(tally(replies)).toEqual({ '422 wrong-code': 5, '429 attempts-used-up': 55 });
    expect((await failures()) - before).toBe(5);
  }));
