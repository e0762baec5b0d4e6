/**
 * The lock of a factor as a weapon, against the service itself: whoever knows a person's name guesses all day. What gets through is
 * counted, and whom it keeps out; the lock must end when it was said to end (VilnaCRM#476), or when an administrator says so.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostgresDecisions } from '../../src/limits/adapters/postgres-decisions.js';
import { Decisions } from '../../src/limits/application/ports.js';
import { newSecret } from '../support/base32-secret.js';
import { oathCode } from '../support/oathtool.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { WholeService } from '../support/whole-service.js';

interface Answer {
  id: string;
  results: { id: string }[];
  backupCodes: string[];
}

const MINUTE_MS = 60_000;
/** Of eight digits one in 30 million guesses is right by chance. */
const DIGITS = 8;
const WRONG = '00000000';

let store: TestDatabase;
let clock: ShiftedClock;
let service: WholeService;
let shop: { key: string };

beforeAll(async () => {
  store = await openTestDatabase();
  clock = new ShiftedClock();
  service = await WholeService.start(store.database, undefined, 'api', clock);
  shop = await service.tenant('shop');
});
afterAll(async () => {
  await service.close();
  await store.close();
});

async function post(path: string, payload: object, { key } = shop) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const reply = await service.app.inject({ method: 'POST', url: path, headers, payload });
  const body = reply.payload === '' ? {} : reply.json<Partial<Answer>>();
  return { status: reply.statusCode, retryAfterMs: Number(reply.headers['retry-after']) * 1_000, body };
}

/** An authenticator that a person has. */
async function enrol(subject: string): Promise<{ id: string; code: () => Promise<string> }> {
  const secret = newSecret();
  const { body } = await post('/v1/factors/import', { factors: [{ subject, secret, digits: DIGITS }] });
  return { id: body.results?.[0]?.id ?? '', code: () => oathCode({ secret, digits: DIGITS }, clock.now()) };
}

const check = (id: string, code: string) => post(`/v1/factors/${id}/checks`, { code });

async function lock(id: string): Promise<void> {
  for (let n = 0; n < 5; n += 1) expect((await check(id, WRONG)).status).toBe(422);
}

test('R69 R78 an administrator of the application unlocks, which the audit log says; nobody else does', async () => {
  const [authenticator, other] = [await enrol('user-1'), await enrol('user-1')];
  const unlock = async (key = shop) => (await post(`/v1/factors/${authenticator.id}/unlock`, {}, key)).status;
  await lock(authenticator.id);

  expect(await unlock(await service.tenant('another'))).toBe(404);
  expect(await unlock(await service.tenant('without admin', ['verify', 'read']))).toBe(403);
  expect((await check(other.id, await other.code())).status).toBe(429);
  expect(await unlock()).toBe(204);
  for (const { id, code } of [authenticator, other]) expect((await check(id, await code())).status).toBe(200);
  const logged = `SELECT details FROM audit_log WHERE action = 'factor.unlocked'`;
  expect(await store.database.query(logged)).toEqual([{ details: { factorId: authenticator.id, channel: 'totp' } }]);
});

test('R20 a lock ends to the second when it was said to end, however often it is tried, and each refusal is recorded', async () => {
  const { id, code } = await enrol('user-2');
  await lock(id);
  const endsAt = clock.now() + (await check(id, WRONG)).retryAfterMs;
  for (let minute = 0; minute < 14; minute += 1) {
    clock.advance(MINUTE_MS);
    expect((await check(id, await code())).status).toBe(429);
  }
  await service.app.get<PostgresDecisions>(Decisions).flush();
  const logged = `SELECT limit_on, channel, refused_by FROM decisions WHERE factor IS NOT NULL AND outcome = 'refused'`;
  const refused = { limit_on: 'failed-check', channel: 'totp', refused_by: ['factor-failures-15-minutes'] };
  expect((await store.database.query(logged)).slice(-15)).toEqual(Array(15).fill(refused));
  clock.advance(endsAt - clock.now());
  expect((await check(id, await code())).status).toBe(200);
});

test('I11 R21 R69 a day of guessing at an authenticator: 20 are compared, and ten backup codes get in meanwhile', async () => {
  const { id, code } = await enrol('user-3');
  const { body: list } = await post('/v1/factors/backup-codes', { subject: 'user-3' });
  const answers = { compared: 0, prolonged: 0, byBackupCode: 0 };
  let lockedUntil = 0;
  let pause = 10;
  for (let minute = 0; minute < 24 * 60; minute += pause) {
    // Once the day's guesses are used up nothing is compared, however many come: then one an hour or so is enough.
    for (let n = pause === 10 ? 3 : 1; n > 0; n -= 1) {
      const { status, retryAfterMs } = await check(id, WRONG);
      if (status === 422) answers.compared += 1;
      else if (clock.now() >= lockedUntil) lockedUntil = clock.now() + retryAfterMs;
      // Seconds are told whole.
      else if (clock.now() + retryAfterMs > lockedUntil + 2_000) answers.prolonged += 1;
    }
    const backupCode = minute % 150 === 0 ? (list.backupCodes?.pop() ?? '') : null;
    if (backupCode !== null && (await check(list.id ?? '', backupCode)).status === 200) answers.byBackupCode += 1;
    if (answers.compared === 20) pause = 50 - (minute % 50);
    clock.advance(pause * MINUTE_MS);
  }
  expect(answers).toEqual({ compared: 20, prolonged: 0, byBackupCode: 10 });
  clock.advance(24 * 60 * MINUTE_MS);
  expect((await check(id, await code())).status).toBe(200);
});
