/**
 * A reply that is lost on the way: asked again, a check must not burn a second attempt, and must not become a way to have
 * the token twice for another guess, another context or after its time.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { startLogin, wrong, type Login } from '../support/login.js';
import { atOnce, rounds, tally } from '../support/parallel.js';

let deployment: Deployment;
const idempotencyKey = 'the-same-for-every-login';

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

const attemptsLeft = async (login: Login) => (await login.read()).body.attemptsLeft;

const mismatch = { status: 422, body: { code: 'idempotency-mismatch' } };

test('R25 a wrong guess asked again is answered the same on any process and costs one attempt', async () => {
  const login = await startLogin(deployment);
  const guess = wrong(await login.code());
  const first = await login.check(guess, { idempotencyKey });
  expect(first).toMatchObject({ status: 422, body: { code: 'wrong-code', attemptsLeft: 4 } });
  for (const at of [0, 1, 0]) {
    const again = await login.check(guess, { at, idempotencyKey });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
  }
  expect(await attemptsLeft(login)).toBe(4);
});

test('R25 another guess with the same key is refused, right or wrong, and costs nothing', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  await login.check(wrong(code), { idempotencyKey });
  expect(await login.check(wrong(code, 2), { idempotencyKey })).toMatchObject(mismatch);
  expect(await login.check(code, { idempotencyKey, at: 1 })).toMatchObject(mismatch);
  expect(await attemptsLeft(login)).toBe(4);
  expect((await login.check(code, { idempotencyKey: 'another' })).status).toBe(200);
});

test('R25 an approval asked again gives the identical token, to the same request only, until it runs out', async () => {
  const context = { subject: 'user-1', binding: { amount: '10.00 EUR', payee: 'Shop' } };
  const login = await startLogin(deployment, context);
  const code = await login.code();
  const approval = await login.check(code, { idempotencyKey }, context);
  expect(approval.body.token).toBeTypeOf('string');
  for (const at of [0, 1])
    expect((await login.check(code, { at, idempotencyKey }, context)).body).toEqual(approval.body);

  expect(await login.check(wrong(code), { idempotencyKey }, context)).toMatchObject(mismatch);
  expect(await login.check(code, { idempotencyKey }, { ...context, subject: 'user-2' })).toMatchObject(mismatch);
  expect(await login.check(code, { idempotencyKey })).toMatchObject(mismatch);
  const over = { status: 410, body: { code: 'already-approved' } };
  expect(await login.check(code, { idempotencyKey: 'another' }, context)).toMatchObject(over);

  const sql = `UPDATE verifications SET ended_at = ended_at - interval '121 seconds' WHERE id = $1`;
  await deployment.database.query(sql, [login.id]);
  const late = await login.check(code, { idempotencyKey }, context);
  expect(late).toMatchObject(over);
  expect(late.body.token).toBeUndefined();
});

/** Guesses at the code of an approval, made under the key it was approved with; each costs one of the recipient's ten. */
test('R18 R25 an approval can not be asked for the right code: after the failure budget guesses are not compared', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  const approval = await login.check(code, { idempotencyKey });
  for (let n = 1; n <= 10; n += 1)
    expect(await login.check(wrong(code, n), { at: n, idempotencyKey })).toMatchObject(mismatch);

  const refused = { status: 429, body: { code: 'rate-limited', violatedPolicies: ['recipient-failures-hour'] } };
  for (const guess of [wrong(code, 11), code]) {
    const reply = await login.check(guess, { idempotencyKey });
    expect(reply).toMatchObject(refused);
    expect(reply.body.token).toBeUndefined();
  }
  expect(approval.body.token).toBeTypeOf('string');
});

test('R25 twenty at once with one key: one attempt, one approval, one token', () =>
  rounds(6, async () => {
    const login = await startLogin(deployment);
    const code = await login.code();
    const replies = await atOnce(20, (at) => login.check(code, { at, idempotencyKey }));

    const { '200 approved': approved = 0, ...others } = tally(replies);
    expect(approved).toBeGreaterThan(0);
    expect(Object.keys(others).filter((name) => !/^(409|503) /.test(name))).toEqual([]);
    const tokens = replies.flatMap(({ body }) => body.token ?? []);
    expect(new Set(tokens).size).toBe(1);
    expect((await login.check(code, { idempotencyKey })).body.token).toBe(tokens[0]);
    const sql = `SELECT count(*)::int AS count FROM events WHERE verification_id = $1 AND type = 'verification.approved'`;
    expect(await deployment.database.query(sql, [login.id])).toEqual([{ count: 1 }]);
  }));

test('R25 twenty wrong guesses at once with one key cost one attempt', () =>
  rounds(6, async () => {
    const login = await startLogin(deployment);
    const guess = wrong(await login.code());
    const replies = await atOnce(20, (at) => login.check(guess, { at, idempotencyKey }));

    const { '422 wrong-code': answered = 0, ...others } = tally(replies);
    expect(answered).toBeGreaterThan(0);
    expect(Object.keys(others).filter((name) => !/^(409|503) /.test(name))).toEqual([]);
    expect(new Set(replies.flatMap(({ body }) => body.attemptsLeft ?? []))).toEqual(new Set([4]));
    expect(await attemptsLeft(login)).toBe(4);
  }));

test('R25 the last wrong guess asked again still says 0, and a key is good for its verification only', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  for (let n = 1; n <= 4; n += 1) await login.check(wrong(code, n));
  for (const at of [0, 1])
    expect(await login.check(wrong(code, 5), { at, idempotencyKey })).toMatchObject({
      status: 422,
      body: { attemptsLeft: 0 },
    });
  expect((await login.check(code, { idempotencyKey: 'another' })).body.code).toBe('attempts-used-up');
});

test.each([
  ['nothing', ''],
  ['two words', 'two words'],
  ['256 characters', 'x'.repeat(256)],
])('R25 %s is not a key, and costs nothing', async (_, key) => {
  const login = await startLogin(deployment);
  expect((await login.check(await login.code(), { idempotencyKey: key })).status).toBe(400);
  expect(await attemptsLeft(login)).toBe(5);
});
