/**
 * More guesses by asking anew: a resend that resets the counter (better-auth#8560, Clinical-Insight-Engine#2351), a new
 * challenge with a new counter (AuthQuake), a lock that every further try prolongs, so that the victim never gets in
 * (VilnaCRM#476).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, newPhone, startLogin, wrong, type Login } from '../support/login.js';
import { passPause, passCooldown } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

async function guessWrong(login: Login, times: number): Promise<(number | undefined)[]> {
  const code = await login.code();
  const left: (number | undefined)[] = [];
  for (let n = 1; n <= times; n += 1) {
    const { status, body } = await login.check(wrong(code, n), { at: n });
    expect(status).toBe(422);
    left.push(body.attemptsLeft);
  }
  return left;
}

/** Logins of one phone, of which the cooldown would allow one at a time. */
async function startLogins(phone: string, count: number): Promise<[Login, Login, Login]> {
  const logins: Login[] = [];
  for (let n = 0; n < count; n += 1) {
    logins.push(await startLogin(deployment, { to: { phone } }, { at: n }));
    await passPause(deployment);
  }
  return logins as [Login, Login, Login];
}

/** What the counters of recipients hold, and when Redis will forget them. */
async function failuresCounted(): Promise<unknown[]> {
  const { redis } = deployment;
  const keys = (await redis.keys('einmal:limits:{app_*}:recipient:*')).sort();
  return Promise.all(keys.map(async (key) => [key, await redis.hGetAll(key), await redis.pExpireTime(key)]));
}

test('R16 wrong guesses and junk before the cap do not destroy the code', async () => {
  const login = await startLogin(deployment);
  expect(await guessWrong(login, 4)).toEqual([4, 3, 2, 1]);
  expect((await login.check('junk')).status).toBe(400);
  expect((await login.check(await login.code())).status).toBe(200);
});

test('R17 a resend gives no attempt back', async () => {
  const login = await startLogin(deployment);
  await guessWrong(login, 3);
  await passCooldown(login);
  expect(await login.resend()).toMatchObject({ status: 202, body: { attemptsLeft: 2 } });
  const [, newCode = ''] = await login.codes(2);
  expect((await login.check(wrong(newCode), { at: 0 })).body.attemptsLeft).toBe(1);
  expect((await login.check(wrong(newCode, 2), { at: 1 })).body.attemptsLeft).toBe(0);
  expect((await login.check(newCode)).body.code).toBe('attempts-used-up');
});

test('R18 R19 a new verification of the same recipient shares the hour’s ten failures, which no success clears', async () => {
  const phone = newPhone();
  const [first, second, third] = await startLogins(phone, 3);
  await guessWrong(first, 5);
  await guessWrong(second, 4);
  expect((await second.check(await second.code())).status).toBe(200);
  await guessWrong(third, 1);

  const refused = { code: 'rate-limited', violatedPolicies: ['recipient-failures-hour'] };
  const locked = await third.check(await third.code());
  expect(locked).toMatchObject({ status: 429, body: refused });
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(3_500);
  expect((await third.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 4 });

  await passCooldown(third, 'tenMinutes');
  expect(await third.resend()).toMatchObject({ status: 429, body: refused });
  expect(await callStart(deployment, { to: { phone } })).toMatchObject({ status: 429, body: refused });
  expect(await third.messages()).toHaveLength(1);
});

test('R20 R21 I11 a lock ends when it was to end, however often it is tried; other applications do not know it', async () => {
  const phone = newPhone();
  const [first, second, third] = await startLogins(phone, 3);
  await guessWrong(first, 5);
  await guessWrong(second, 5);
  const before = await failuresCounted();
  const waits: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const { status, headers } = await third.check(wrong('000000', n), { at: n });
    expect(status).toBe(429);
    waits.push(Number(headers.get('retry-after')));
  }
  expect(await failuresCounted()).toEqual(before);
  expect(waits).toEqual([...waits].sort((a, b) => b - a));

  const tenant = await deployment.createTenant('another shop');
  const elsewhere = await startLogin(deployment, { to: { phone } }, { tenant });
  expect((await elsewhere.check(await elsewhere.code())).status).toBe(200);
});

test('R18 R22 guesses at one user’s codes share the hour’s ten failures, whatever phones they were sent to', async () => {
  const subject = 'user-1';
  const [first, second, third, ofAnother] = [
    await startLogin(deployment, { subject }),
    await startLogin(deployment, { subject }),
    await startLogin(deployment, { subject }),
    await startLogin(deployment, { subject: 'user-2' }),
  ];
  for (const login of [first, second]) {
    const code = await login.code();
    for (let n = 1; n <= 5; n += 1)
      expect((await login.check(wrong(code, n), { at: n }, { subject })).body).toMatchObject({ attemptsLeft: 5 - n });
  }

  const refused = { status: 429, body: { code: 'rate-limited', violatedPolicies: ['subject-failures-hour'] } };
  expect(await third.check(await third.code(), {}, { subject })).toMatchObject(refused);
  expect((await third.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
  expect(await callStart(deployment, { to: { phone: newPhone() }, subject })).toMatchObject(refused);
  await passCooldown(third);
  expect(await third.resend()).toMatchObject(refused);

  expect((await ofAnother.check(await ofAnother.code(), {}, { subject: 'user-2' })).status).toBe(200);
});
