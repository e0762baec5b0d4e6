/**
 * Locks are a weapon: whoever can fail for a victim can keep it out (VilnaCRM#476). A day of it, in virtual time: the lock must end when
 * it was to end, come as seldom as the windows say, and stay where it is.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Limiter } from '../../src/limits/application/limiter.js';
import type { RedisConnection } from '../../src/platform/redis/connection.js';
import { limiterOf } from '../support/limiter-of.js';
import { openTestRedis } from '../support/redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const STEP_MINUTES = 5;
const PER_STEP = 5;

const victim = { applicationId: 'app_1', recipient: 'victim' };
/** The same number in another application, and the same person's mailbox in this one. */
const others = [
  { applicationId: 'app_2', recipient: 'victim' },
  { applicationId: 'app_1', recipient: 'victims-mailbox' },
];

let redis: RedisConnection;
let clock: ShiftedClock;
let limiter: Limiter;
let guesses = 0;

beforeAll(async () => {
  ({ redis } = await openTestRedis());
  clock = new ShiftedClock();
  limiter = limiterOf(new RedisCounters(redis, clock));
});
afterAll(() => {
  redis.close();
});

const guess = (whose: typeof victim) => limiter.take('failed-check', `g${String((guesses += 1))}`, whose);

/** Somebody with the right code. @returns whether it got in. */
async function getsIn(whose: typeof victim): Promise<boolean> {
  const reservation = `r${String((guesses += 1))}`;
  const { kind } = await limiter.take('failed-check', reservation, whose);
  if (kind === 'allowed') await limiter.succeeded(reservation, whose);
  return kind === 'allowed';
}

test('I11 R20 R21 a day of wrong codes as fast as they are taken: 25 are compared, no try prolongs a lock, nobody else is locked', async () => {
  let compared = 0;
  let lockedUntilMs = 0;
  const prolonged: number[] = [];
  const refusedOthers: string[] = [];
  let victimGotIn = 0;
  for (let minute = 0; minute < DAY_MINUTES; minute += STEP_MINUTES) {
    if (await getsIn(victim)) victimGotIn += 1;
    for (let n = 0; n < PER_STEP; n += 1) {
      const decision = await guess(victim);
      const nowMs = clock.now();
      if (decision.kind === 'allowed') compared += 1;
      else {
        const endsMs = nowMs + decision.retryAfterSeconds * 1_000;
        // Seconds are told whole, and the clock of Redis runs on beside the shifted one.
        if (nowMs < lockedUntilMs && endsMs > lockedUntilMs + 2_000) prolonged.push(endsMs - lockedUntilMs);
        if (nowMs >= lockedUntilMs) lockedUntilMs = endsMs;
      }
    }
    for (const other of others) if (!(await getsIn(other))) refusedOthers.push(other.recipient);
    clock.advance(STEP_MINUTES * MINUTE_MS);
  }

  expect({ compared, prolonged, refusedOthers }).toEqual({ compared: 25, prolonged: [], refusedOthers: [] });
  // With this factor, in this application, as long as it is attacked: the budget of a day (NIST SP 800-63B) is used up in hours.
  expect(victimGotIn).toBeGreaterThan(0);
  clock.advance(DAY_MINUTES * MINUTE_MS);
  expect(await getsIn(victim)).toBe(true);
});
