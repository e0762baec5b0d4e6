import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Dimensions, LimitDecision, Limiter } from '../../src/limits/application/limiter.js';
import { limiterOf } from '../support/limiter-of.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { openTestRedis } from '../support/redis.js';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const victim = { applicationId: 'app_1', recipient: 'victim' };

const stores = {
  memory: (clock: ShiftedClock) => Promise.resolve({ counters: new MemoryCounters(clock), close: () => undefined }),
  Redis: async (clock: ShiftedClock) => {
    const { redis, close } = await openTestRedis();
    return { counters: new RedisCounters(redis, clock), close };
  },
};

describe.each(Object.entries(stores))('the default limits on %s', (_name, open) => {
  let clock: ShiftedClock;
  let limiter: Limiter;
  let close: () => void;
  let acts = 0;
  beforeEach(async () => {
    clock = new ShiftedClock();
    const opened = await open(clock);
    limiter = limiterOf(opened.counters);
    close = opened.close;
  });
  afterEach(() => {
    close();
  });

  const act = () => `act-${String(acts++)}`;
  const send = (dimensions = victim, cooldown = false) => limiter.take('send', act(), dimensions, { cooldown });
  const fail = (dimensions: Dimensions = victim) => limiter.take('failed-check', act(), dimensions);

  /** Tries until refused, at most `most` times. */
  async function admitted(
    once: () => Promise<LimitDecision>,
    most = 200,
  ): Promise<{ count: number; refusedBy: string[] }> {
    for (let count = 0; count < most; count++) {
      const decision = await once();
      if (decision.kind === 'refused') return { count, refusedBy: decision.rules };
    }
    return { count: most, refusedBy: [] };
  }

  describe('sends', () => {
    test('3 in ten minutes, 5 in an hour, 10 in a day', async () => {
      const bursts = [];
      for (let i = 0; i < 5; i++) {
        bursts.push(await admitted(send));
        clock.advance(12 * 60_000);
      }
      clock.advance(HOUR);
      const nextHours = [await admitted(send), (clock.advance(2 * HOUR), await admitted(send))];

      expect(bursts.map(({ count }) => count)).toEqual([3, 2, 0, 0, 0]);
      expect(bursts.map(({ refusedBy }) => refusedBy[0])).toEqual([
        'recipient-10-minutes',
        'recipient-hour',
        'recipient-hour',
        'recipient-hour',
        'recipient-hour',
      ]);
      expect(nextHours.map(({ count }) => count)).toEqual([3, 2]);
      clock.advance(2 * HOUR);
      expect(await admitted(send)).toEqual({ count: 0, refusedBy: ['recipient-day'] });
    });

    test('two that a person asked for are 30 s apart; a fallback between them does not matter', async () => {
      const first = await send(victim, true);
      const tooSoon = await send(victim, true);
      const fallback = await send(victim, false);
      clock.advance(30_001);

      expect(first).toMatchObject({ kind: 'allowed', fullForMs: { 'recipient-cooldown': 30_001 } });
      expect(tooSoon).toMatchObject({ kind: 'refused', rules: ['recipient-cooldown'] });
      expect(fallback.kind).toBe('allowed');
      expect((await send(victim, true)).kind).toBe('allowed');
    });

    test('R39 the same person over many applications: 20 in a day, and what was refused there is spent nowhere', async () => {
      const counts = [];
      for (let app = 1; app <= 9; app++) {
        const { count } = await admitted(() => send({ ...victim, applicationId: `app_${String(app)}` }));
        counts.push(count);
      }
      const refused = await send({ ...victim, applicationId: 'app_9' });
      clock.advance(DAY - 60_000);
      const nearlyOver = await send({ ...victim, applicationId: 'app_9' });
      clock.advance(60_001);

      expect(counts).toEqual([3, 3, 3, 3, 3, 3, 2, 0, 0]);
      expect(refused).toMatchObject({ kind: 'refused', rules: ['recipient-day-everywhere'] });
      expect(nearlyOver.kind).toBe('refused');
      expect(await admitted(() => send({ ...victim, applicationId: 'app_9' }))).toMatchObject({ count: 3 });
    });

    test('R40 ten an hour from one network, whoever they are for and however its addresses are spelled', async () => {
      let sent = 0;
      const oneOf = ['2001:db8:1:2::1', '2001:DB8:1:2:0:0:0:ff', '2001:db8:1:2:a:b:c:d'];
      const next = () =>
        send({
          applicationId: 'app_1',
          recipient: `r${String(sent++)}`,
          ip: oneOf[sent % oneOf.length] ?? '',
        } as typeof victim);

      expect(await admitted(next)).toEqual({ count: 10, refusedBy: ['ip-hour'] });
    });

    test('a send that did not happen is given back everywhere', async () => {
      for (let i = 0; i < 30; i++) {
        const reservation = act();
        expect((await limiter.take('send', reservation, victim)).kind).toBe('allowed');
        await limiter.refund('send', reservation, victim);
      }
    });
  });

  describe('failures', () => {
    test('R18 every verification of a recipient shares 10 an hour and 25 a day', async () => {
      const hours = [];
      for (let hour = 0; hour < 4; hour++) {
        hours.push(await admitted(fail));
        clock.advance(HOUR + 1);
      }

      expect(hours.map(({ count }) => count)).toEqual([10, 10, 5, 0]);
      expect(hours[3]?.refusedBy).toEqual(['recipient-failures-day']);
    });

    test('R18 guesses at one user’s codes share 10 an hour and 25 a day, whatever phones they were sent to', async () => {
      let phones = 0;
      const guess = (applicationId = 'app_1') =>
        fail({ applicationId, recipient: `phone-${String(phones++)}`, subject: 'user-1' });
      const hours = [];
      for (let hour = 0; hour < 4; hour++) {
        hours.push(await admitted(guess));
        clock.advance(HOUR + 1);
      }

      expect(hours.map(({ count }) => count)).toEqual([10, 10, 5, 0]);
      expect(hours[0]?.refusedBy).toEqual(['subject-failures-hour']);
      expect(hours[3]?.refusedBy).toEqual(['subject-failures-day']);
      expect((await guess('app_2')).kind).toBe('allowed');
      expect((await fail({ applicationId: 'app_1', recipient: 'phone-0', subject: 'user-2' })).kind).toBe('allowed');
    });

    test('R18 a success gives only its own reservation back', async () => {
      await admitted(fail, 9);
      for (let i = 0; i < 20; i++) {
        const right = act();
        expect((await limiter.take('failed-check', right, victim)).kind).toBe('allowed');
        await limiter.succeeded(right, victim);
      }

      expect(await admitted(fail)).toEqual({ count: 1, refusedBy: ['recipient-failures-hour'] });
    });

    test.each([
      ['recipient', victim],
      ['factor', { applicationId: 'app_1', factor: 'victim' }],
    ])(
      'R18 R69 a hundred in a row, however slowly, and the %s stays locked until somebody says so',
      async (by, whose) => {
        for (let i = 0; i < 100; i++) {
          expect((await fail(whose)).kind).toBe('allowed');
          clock.advance(DAY / 2);
        }
        clock.advance(30 * DAY);

        expect(await fail(whose)).toMatchObject({ kind: 'refused', rules: [`${by}-failures-in-a-row`] });
        await limiter.unlock(whose);
        expect((await fail(whose)).kind).toBe('allowed');
      },
    );

    test('R19 a success starts the count in a row anew, for this recipient in this application only', async () => {
      const neighbour = { ...victim, applicationId: 'app_2' };
      for (let i = 0; i < 99; i++) {
        await fail();
        await fail(neighbour);
        clock.advance(DAY / 2);
      }
      const right = act();
      await limiter.take('failed-check', right, victim);
      await limiter.succeeded(right, victim);
      clock.advance(DAY);

      expect((await admitted(fail)).count).toBe(10);
      expect((await fail(neighbour)).kind).toBe('allowed');
      expect(await fail(neighbour)).toMatchObject({ kind: 'refused', rules: ['recipient-failures-in-a-row'] });
    });

    test('R20 the lock ends on schedule although attempts continue', async () => {
      await admitted(fail);
      for (let minute = 0; minute < 59; minute++) {
        clock.advance(60_000);
        expect((await fail()).kind).toBe('refused');
      }
      clock.advance(60_001);

      expect((await fail()).kind).toBe('allowed');
    });

    test('R21 a locked recipient is not locked in other applications, and others are not locked at all', async () => {
      await admitted(fail);

      expect((await fail({ ...victim, applicationId: 'app_2' })).kind).toBe('allowed');
      expect((await fail({ ...victim, recipient: 'somebody else' })).kind).toBe('allowed');
    });

    test('a guess that was never compared is given back', async () => {
      for (let i = 0; i < 120; i++) {
        const reservation = act();
        expect((await limiter.take('failed-check', reservation, victim)).kind).toBe('allowed');
        await limiter.refund('failed-check', reservation, victim);
      }
    });
  });

  test('one act may be counted on check and on failed-check under one name', async () => {
    const reservation = act();
    const guess = { ...victim, ip: '192.0.2.7' };
    await limiter.take('check', reservation, guess);
    await limiter.take('failed-check', reservation, guess);

    expect((await admitted(() => limiter.take('check', act(), guess))).count).toBe(29);
    expect((await admitted(fail)).count).toBe(9);
  });
});
