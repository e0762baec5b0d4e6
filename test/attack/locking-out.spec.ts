/**
 * Locks are a weapon: whoever can fail for a victim can keep it out (VilnaCRM#476). A day of it, in virtual time: the lock must end when
 * it was to end, come as seldom as the windows say, and stay where it is.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Dimensions, Limiter } from '../../src/limits/application/limiter.js';
import type { RedisConnection } from '../../src/platform/redis/connection.js';
import { limiterOf } from '../support/limiter-of.js';
import { openTestRedis } from '../support/redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const STEP_MINUTES = 5;
/** As many as the shortest window lets through: it is full after each step that is admitted at all. */
const PER_STEP = 5;

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

const guess = (whose: Dimensions) => limiter.take('failed-check', `g${String((guesses += 1))}`, whose);

/** Somebody with the right code. @returns whether it got in. */
async function getsIn(whose: Dimensions): Promise<boolean> {
  const reservation = `r${String((guesses += 1))}`;
  const { kind } = await limiter.take('failed-check', reservation, whose);
  if (kind === 'allowed') await limiter.succeeded(reservation, whose);
  return kind === 'allowed';
}

/** What is told of locks while somebody goes on guessing. */
class Locks {
  /** Ends that moved away although the lock had begun, by so many milliseconds. */
  readonly prolonged: number[] = [];
  longestMs = 0;
  private untilMs = 0;

  refused(nowMs: number, retryAfterSeconds: number): void {
    const endsMs = nowMs + retryAfterSeconds * 1_000;
    this.longestMs = Math.max(this.longestMs, endsMs - nowMs);
    // Seconds are told whole, and the clock of Redis runs on beside the shifted one.
    if (nowMs < this.untilMs && endsMs > this.untilMs + 2_000) this.prolonged.push(endsMs - this.untilMs);
    if (nowMs >= this.untilMs) this.untilMs = endsMs;
  }
}

/** A day of wrong codes as fast as they are taken. The victim tries every five minutes, there and by every other way. */
async function aDayAgainst(victim: Dimensions, otherWays: Record<string, Dimensions>) {
  const locks = new Locks();
  const lockedOut: string[] = [];
  let compared = 0;
  let gotIn = 0;
  for (let minute = 0; minute < DAY_MINUTES; minute += STEP_MINUTES) {
    if (await getsIn(victim)) gotIn += 1;
    for (let n = 0; n < PER_STEP; n += 1) {
      const decision = await guess(victim);
      if (decision.kind === 'allowed') compared += 1;
      else locks.refused(clock.now(), decision.retryAfterSeconds);
    }
    for (const [way, whose] of Object.entries(otherWays)) if (!(await getsIn(whose))) lockedOut.push(way);
    clock.advance(STEP_MINUTES * MINUTE_MS);
  }
  return { compared, gotIn, lockedOut, prolonged: locks.prolonged, longestHours: locks.longestMs / 60 / MINUTE_MS };
}

test('I11 R20 R21 a day of wrong codes as fast as they are taken: 25 are compared, no try prolongs a lock, nobody else is locked', async () => {
  const victim = { applicationId: 'app_1', recipient: 'victim' };
  const day = await aDayAgainst(victim, {
    'the same number in another application': { applicationId: 'app_2', recipient: 'victim' },
    'the mailbox of the same person': { applicationId: 'app_1', recipient: 'victims-mailbox' },
  });

  expect(day).toMatchObject({ compared: 25, prolonged: [], lockedOut: [] });
  // With this factor, in this application, as long as it is attacked: the budget of a day (NIST SP 800-63B) is used up in hours.
  expect(day.gotIn).toBeGreaterThan(0);
  clock.advance(DAY_MINUTES * MINUTE_MS);
  expect(await getsIn(victim)).toBe(true);
});

test('I11 R20 R21 R69 a day of wrong codes of an authenticator: 20 are compared, and every other way in stays open', async () => {
  const victim = { applicationId: 'app_1', factor: 'totp-of-victim' };
  const day = await aDayAgainst(victim, {
    'backup codes': { applicationId: 'app_1', factor: 'backup-codes-of-victim' },
    'a code that is sent': { applicationId: 'app_1', recipient: 'phone-of-victim', subject: 'victim' },
    'the same person in another application': { applicationId: 'app_2', factor: 'totp-of-victim' },
  });

  expect(day).toMatchObject({ compared: 20, prolonged: [], lockedOut: [] });
  expect(day.gotIn).toBeGreaterThan(0);
  expect(day.longestHours).toBeLessThanOrEqual(24);
  clock.advance(DAY_MINUTES * MINUTE_MS);
  expect(await getsIn(victim)).toBe(true);
});
