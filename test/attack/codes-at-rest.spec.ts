/**
 * Codes that can be had from what is stored or said: plaintext in Redis (otpgateway, logto), a hash of six digits that anyone
 * tries out in a second (supabase/auth), a code in a response or an event (MTN, HackerOne #777957).
 */
import argon2 from 'argon2';
import { hkdfSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHashSettings } from '../../src/verification/adapters/hash-settings-text.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import type { Reply } from '../support/http-client.js';
import { startLogin, wrong, type Answer, type Login } from '../support/login.js';
import { passCooldown, stateKey } from '../support/time-passes.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1, env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => deployment.close());

/** The pepper as whoever has `SECRETS` derives it, written down here a second time. */
function pepper(): Buffer {
  const [, secret = ''] = deployment.world.secrets.split(':');
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), Buffer.alloc(0), 'einmal/1/pepper', 32));
}

const stateOf = ({ id }: Login) => deployment.redis.hGetAll(stateKey(id));

/** What a thief of Redis can compute, and what the holder of the pepper can. */
async function digestOf(
  code: string,
  state: Record<string, string>,
  context: string,
  secret?: Buffer,
): Promise<string> {
  const { cost, salt } = readHashSettings(state['hashing'] ?? '');
  const [memoryCost, timeCost, parallelism] = cost.split(',').map(Number);
  const digest = await argon2.hash(code, {
    ...{ type: argon2.argon2id, raw: true, hashLength: 32, memoryCost, timeCost, parallelism },
    salt: Buffer.from(salt, 'base64url'),
    associatedData: Buffer.from(context),
    ...(secret && { secret }),
  });
  return digest.toString('base64url');
}

test('R5 Redis holds argon2id of the code under the pepper, bound to application, verification and context', async () => {
  const login = await startLogin(deployment, { purpose: 'login' });
  const code = await login.code();
  const state = await stateOf(login);
  const [slot = ''] = Object.entries(state).flatMap(([field, value]) => (field.startsWith('slot:') ? [value] : []));
  const stored = slot.replace('sms:', '');
  const { applicationId } = deployment.tenant;
  const context = `${applicationId}|${login.id}|${state['context'] ?? ''}`;

  expect(await digestOf(code, state, context, pepper())).toBe(stored);
  expect(await digestOf(code, state, context)).not.toBe(stored);
  expect(await digestOf(code, state, context, Buffer.alloc(32))).not.toBe(stored);
  const other = await stateOf(await startLogin(deployment, { purpose: 'transfer' }));
  for (const elsewhere of [
    `app_other|${login.id}|${state['context'] ?? ''}`,
    `${applicationId}|ver_other|${state['context'] ?? ''}`,
    `${applicationId}|${login.id}|${other['context'] ?? ''}`,
  ])
    expect(await digestOf(code, state, elsewhere, pepper())).not.toBe(stored);
  expect(readHashSettings(state['hashing'] ?? '')).toMatchObject({ cost: '4096,1,1', kid: 'test' });
});

test('R5 each verification has a salt of its own, 16 bytes', async () => {
  const logins = await Promise.all(Array.from({ length: 10 }, () => startLogin(deployment)));
  const salts = await Promise.all(
    logins.map(async (login) => readHashSettings((await stateOf(login))['hashing'] ?? '').salt),
  );
  expect(new Set(salts).size).toBe(10);
  for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
});

/** Everything in the world's Redis, as text. */
async function redisDump(): Promise<string> {
  const keys = await deployment.redis.keys('*');
  const values = await Promise.all(
    keys.map(async (key) => {
      if ((await deployment.redis.type(key)) === 'hash') return deployment.redis.hGetAll(key);
      return deployment.redis.get(key);
    }),
  );
  return JSON.stringify([keys, values]);
}

/** Every row of every table, as text. */
async function postgresDump(): Promise<string> {
  const tables = await deployment.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['verifications', 'events', 'reports']));
  const rows = await Promise.all(
    tables.map(({ name }) => deployment.database.query(`SELECT to_jsonb(t) AS row FROM ${name} t`)),
  );
  return JSON.stringify(rows);
}

const said = (replies: Reply<Answer>[]) =>
  replies.map(({ headers, body }) => JSON.stringify([...headers]) + JSON.stringify(body)).join('\n');

test('R8 no code, sent or guessed, is in an answer, a row, Redis or a log line', async () => {
  // Ten digits, so that none appears by chance.
  const login = await startLogin(deployment, { codeLength: 10, webOtpOrigin: 'login.example.org' });
  const first = await login.code();
  const guesses = [wrong(first), wrong(first, 2)];
  const replies = [login.started, await login.check(guesses[0], { idempotencyKey: 'lost' })];
  replies.push(await login.check(guesses[1]), await login.check(`${first} `), await login.check([first]));
  replies.push(await login.check('000000', {}, { kode: first }));
  await passCooldown(login);
  replies.push(await login.resend('voice'), await login.read());
  const [, second = ''] = await login.codes(2);
  const between = await redisDump();
  replies.push(await login.check(second, { idempotencyKey: 'again' }));
  replies.push(await login.check(second, { idempotencyKey: 'again' }), await login.check(second), await login.cancel());
  replies.push(await login.read());
  const search = { key: deployment.tenant.key, body: {} };
  replies.push(await deployment.service().call<Answer>('POST', '/v1/verifications/search', search));

  expect(replies.filter(({ status }) => status === 200)).toHaveLength(5);
  const places = {
    ...{ answers: said(replies), postgres: await postgresDump(), redis: between + (await redisDump()) },
    log: deployment.service().logs.join('\n'),
  };
  for (const [place, text] of Object.entries(places))
    for (const secret of [first, second, ...guesses])
      expect(text.includes(secret), `${secret === first ? 'the code' : 'a code'} in ${place}`).toBe(false);
  for (const text of [places.postgres, places.redis, places.log]) expect(text).not.toContain(deployment.tenant.key);
});
