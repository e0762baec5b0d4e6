import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Counters, Take } from '../../src/limits/application/ports.js';
import type { Bucket, Counter } from '../../src/limits/domain/bucket.js';
import { widthMsOf } from '../../src/limits/domain/sliding-window.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import {
  bucket,
  counter,
  fresh,
  MINUTE,
  SLACK_MS,
  TAG,
  type OpenCounters,
  type OpensCounters,
} from './counter-fixtures.js';

const anyMs: unknown = expect.any(Number);

/** Who is in the way, and until when. */
const refusedBy = ({ kind, fullForMs }: Take) => ({
  kind,
  rules: Object.keys(fullForMs),
  retryAfterMs: Math.max(...Object.values(fullForMs)),
});

/** What every store of counters must do. */
export function countersContract(name: string, open: OpensCounters): void {
  describe(`Counters ${name}`, () => {
    let clock: ShiftedClock;
    let opened: OpenCounters;
    let counters: Counters;
    beforeEach(async () => {
      clock = new ShiftedClock();
      opened = await open(clock);
      counters = opened.counters;
    });
    afterEach(() => {
      opened.close();
    });

    const take = (...wanted: Bucket[]) => counters.take(TAG, fresh(), [counter(...wanted)]);
    async function takeTimes(times: number, ...wanted: Bucket[]): Promise<Take[]> {
      return Promise.all(Array.from({ length: times }, () => take(...wanted)));
    }
    async function refusal(...wanted: Bucket[]) {
      const refused = await take(...wanted);
      if (refused.kind !== 'refused') throw new Error('it was taken');
      return refusedBy(refused);
    }

    test.each([1, 5, 100, 101, 150])('of many takes at once, a bucket of %i admits exactly that many', async (max) => {
      const takes = await takeTimes(max + 20, bucket('hour', max, 60 * MINUTE));

      expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(max);
    });

    test('counts in all buckets or in none', async () => {
      const [small, large] = [bucket('minute', 1, MINUTE), bucket('hour', 3, 60 * MINUTE)];
      await take(small, large);

      expect(await refusal(small, large)).toMatchObject({ rules: ['minute'] });
      expect(await takeTimes(3, large)).toMatchObject([{ kind: 'taken' }, { kind: 'taken' }, { kind: 'refused' }]);
    });

    test('R22 looking tells what a take would, and counts nothing', async () => {
      const minute = bucket('minute', 1, MINUTE);
      expect(await counters.look(TAG, [counter(minute)])).toMatchObject({ kind: 'taken' });
      expect(await counters.look(TAG, [counter(minute)])).toMatchObject({ kind: 'taken' });
      await take(minute);

      expect(refusedBy(await counters.look(TAG, [counter(minute)]))).toMatchObject({
        kind: 'refused',
        rules: ['minute'],
      });
    });

    test('names every full bucket and waits for the last of them', async () => {
      const [small, large] = [bucket('minute', 1, MINUTE), bucket('hour', 1, 60 * MINUTE)];
      await take(small, large);
      const { rules, retryAfterMs } = await refusal(small, large);

      expect(rules).toEqual(['minute', 'hour']);
      expect(retryAfterMs).toBeGreaterThan(59 * MINUTE);
    });

    test('things, marks and tags are counted apart', async () => {
      const minute = bucket('minute', 1, MINUTE);
      const others = [
        { ...counter(minute), key: 'recipient:y' },
        { ...counter(minute, bucket('other', 1, MINUTE)), counts: 'o' },
      ];
      await take(minute);

      expect(await counters.take(TAG, fresh(), others)).toMatchObject({ kind: 'taken' });
      expect(await counters.take('app_2', fresh(), [counter(minute)])).toMatchObject({ kind: 'taken' });
    });

    test.each([3, 90])('R43 no window sees more than %i, also across the boundary of a fixed one', async (max) => {
      const minute = bucket('minute', max, MINUTE);
      await takeTimes(max, minute);
      clock.advance(MINUTE - SLACK_MS);
      const before = await takeTimes(max, minute);
      clock.advance(SLACK_MS + widthMsOf(minute));

      expect(before.every(({ kind }) => kind === 'refused')).toBe(true);
      expect((await take(minute)).kind).toBe('taken');
    });

    test.each([1, 4, 80])('waiting exactly as long as told is enough, and less is not (maximum %i)', async (max) => {
      const tenMinutes = bucket('ten-minutes', max, 10 * MINUTE);
      await take(tenMinutes);
      clock.advance(4 * MINUTE);
      await takeTimes(max - 1, tenMinutes);
      const { retryAfterMs } = await refusal(tenMinutes);
      clock.advance(retryAfterMs - SLACK_MS);
      const early = await refusal(tenMinutes);
      clock.advance(early.retryAfterMs);

      expect(early.retryAfterMs).toBeLessThanOrEqual(SLACK_MS);
      expect((await take(tenMinutes)).kind).toBe('taken');
    });

    test('a maximum that was lowered holds at once, and says when it will have room', async () => {
      const before = bucket('hour', 5, 60 * MINUTE);
      for (let i = 0; i < 5; i++) {
        await take(before);
        clock.advance(10 * MINUTE);
      }
      const { retryAfterMs } = await refusal({ ...before, max: 2 });
      clock.advance(retryAfterMs);

      // The youngest but one, taken 20 minutes ago, has to leave.
      expect(retryAfterMs).toBeGreaterThan(40 * MINUTE - SLACK_MS);
      expect(retryAfterMs).toBeLessThanOrEqual(40 * MINUTE + 1);
      expect((await take({ ...before, max: 2 })).kind).toBe('taken');
    });

    test('tells which rules are full from now on, and for how long', async () => {
      const [small, large] = [bucket('minute', 1, MINUTE), bucket('hour', 3, 60 * MINUTE)];
      const taken = await take(small, large);
      const fullForMs = taken.fullForMs['minute'] ?? 0;
      clock.advance(fullForMs);

      expect(taken).toMatchObject({ kind: 'taken', fullForMs: { minute: fullForMs } });
      expect(fullForMs).toBeGreaterThan(MINUTE - SLACK_MS);
      expect((await take(small, large)).kind).toBe('taken');
    });

    test('R20 attempts that are refused prolong nothing', async () => {
      const minute = bucket('minute', 2, MINUTE);
      await takeTimes(2, minute);
      for (let i = 0; i < 11; i++) {
        clock.advance(5_000);
        expect((await take(minute)).kind).toBe('refused');
      }
      clock.advance(5_001);

      expect((await take(minute)).kind).toBe('taken');
    });

    test('a repeated take of one reservation counts once and is told the same', async () => {
      const minute = bucket('minute', 2, MINUTE);
      const reservation = fresh();
      const repeated = [1, 2, 3].map(() => counters.take(TAG, reservation, [counter(minute)]));

      expect(await Promise.all(repeated)).toMatchObject(Array(3).fill({ kind: 'taken', fullForMs: {} }));
      expect(await takeTimes(2, minute)).toMatchObject([{ kind: 'taken' }, { kind: 'refused' }]);
      expect((await counters.take(TAG, reservation, [counter(minute)])).kind).toBe('taken');
    });

    test('a refused reservation may be taken later', async () => {
      const minute = bucket('minute', 1, MINUTE);
      const reservation = fresh();
      await take(minute);
      const refused = await counters.take(TAG, reservation, [counter(minute)]);
      clock.advance(MINUTE + 1);

      expect(refused.kind).toBe('refused');
      expect((await counters.take(TAG, reservation, [counter(minute)])).kind).toBe('taken');
      expect((await take(minute)).kind).toBe('refused');
    });

    test.each([3, 70])(
      'a refund gives back once what was taken, however often it is asked for (maximum %i)',
      async (max) => {
        const tenMinutes = bucket('ten-minutes', max, 10 * MINUTE);
        const reservation = fresh();
        await counters.take(TAG, reservation, [counter(tenMinutes)]);
        await takeTimes(max - 1, tenMinutes);
        await Promise.all([1, 2, 3].map(() => counters.refund(TAG, reservation, [counter(tenMinutes)])));

        expect(await takeTimes(2, tenMinutes)).toMatchObject([{ kind: 'taken' }, { kind: 'refused' }]);
      },
    );

    test.each([2, 70])('a refund hits the sub-buckets that were counted (maximum %i)', async (max) => {
      const tenMinutes = bucket('ten-minutes', max, 10 * MINUTE);
      const reservation = fresh();
      await counters.take(TAG, reservation, [counter(tenMinutes)]);
      clock.advance(5 * MINUTE);
      await takeTimes(max - 1, tenMinutes);
      await counters.refund(TAG, reservation, [counter(tenMinutes)]);
      await take(tenMinutes);
      clock.advance(5 * MINUTE + SLACK_MS + widthMsOf(tenMinutes));

      // Only the first of them is older than the window; had the refund hit the younger ones, there would be room now.
      expect((await take(tenMinutes)).kind).toBe('refused');
    });

    test('a refund of what was not taken changes nothing', async () => {
      const [minute, hour] = [bucket('minute', 1, MINUTE), bucket('hour', 1, 60 * MINUTE)];
      const reservation = fresh();
      await counters.take(TAG, reservation, [counter(minute)]);
      await take(hour);
      await counters.refund(TAG, 'unknown', [counter(minute, hour)]);
      await counters.refund('app_2', reservation, [counter(minute)]);

      expect(await refusal(minute, hour)).toMatchObject({ rules: ['minute', 'hour'] });
    });

    test.each([2, 70])('a refund of a counter that is gone is no credit (maximum %i)', async (max) => {
      const tenMinutes = bucket('ten-minutes', max, 10 * MINUTE);
      const reservation = fresh();
      await counters.take(TAG, reservation, [counter(tenMinutes)]);
      await counters.clear(TAG, tenMinutes.mark, [counter(tenMinutes)]);
      await counters.refund(TAG, reservation, [counter(tenMinutes)]);
      const takes = await takeTimes(max + 2, tenMinutes);

      expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(max);
    });

    test('a cleared bucket is empty, the others are as they were', async () => {
      const [minute, hour] = [bucket('minute', 1, MINUTE), bucket('hour', 1, 60 * MINUTE)];
      await take(minute, hour);
      await counters.clear(TAG, minute.mark, [counter(minute, hour)]);

      expect((await take(minute)).kind).toBe('taken');
      expect((await take(hour)).kind).toBe('refused');
    });

    test('R22 a bucket that only must have room refuses when it has none, and is not counted', async () => {
      const [sent, failed] = [bucket('sent', 5, 60 * MINUTE), bucket('failed', 2, 60 * MINUTE)];
      const send = { ...counter(sent, failed), counts: 's', needsRoom: 'f' };
      const failure = { ...counter(sent, failed), counts: 'f' };
      const act = (asked: Counter) => counters.take(TAG, fresh(), [asked]);
      const sends = [await act(send), await act(send), await act(send)];
      await act(failure);
      await act(failure);

      expect(sends).toMatchObject(Array(3).fill({ kind: 'taken' }));
      expect(refusedBy(await act(send))).toMatchObject({ kind: 'refused', rules: ['failed'] });
      await counters.clear(TAG, 'f', [failure]);
      expect([await act(send), await act(send), await act(send)]).toMatchObject([
        { kind: 'taken' },
        { kind: 'taken' },
        { kind: 'refused', fullForMs: { sent: anyMs } },
      ]);
    });

    test('R19 a refund may take one mark from all other acts, whose other marks stay', async () => {
      const [failed, row] = [bucket('failed', 3, 60 * MINUTE), bucket('row', 3, 60 * MINUTE)];
      await takeTimes(2, failed, row);
      const right = fresh();
      await counters.take(TAG, right, [counter(failed, row)]);
      await counters.refund(TAG, right, [counter(failed, row)], 'r');
      const [first, second] = [await take(failed, row), await take(failed, row)];

      expect([first, second]).toMatchObject([{ kind: 'taken' }, { kind: 'refused', fullForMs: { failed: anyMs } }]);
    });

    test.each([20, 200])('several things are counted in all or in none (maximum of the other %i)', async (max) => {
      const [recipient, ip] = [counter(bucket('minute', 2, MINUTE)), counter(bucket('hour', max, 60 * MINUTE))];
      const things = [recipient, { ...ip, key: 'ip:192.0.2.7' }];
      const reservation = fresh();
      await counters.take(TAG, reservation, things);
      for (let i = 0; i < 3; i++) await counters.take(TAG, fresh(), things);
      await counters.refund(TAG, reservation, things);
      const takes = [];
      for (let i = 0; i < max + 1; i++) takes.push(await counters.take(TAG, fresh(), things.slice(1)));

      expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(max - 1);
    });

    test('R43 never more than its maximum in any window, never refused without need: any rule, any history', async () => {
      await fc.assert(fc.asyncProperty(anyRule, anyHistory, agreesWithTheLog), { numRuns: 40 });
    });

    /** Compares a history with an exact log of what was admitted. Time runs on while it plays, so moments are intervals. */
    async function agreesWithTheLog(rule: Bucket, history: Step[]): Promise<void> {
      const tried = { ...counter(rule), key: fresh() };
      const admitted: { earliest: number; latest: number }[] = [];
      for (const { advanceBy, times } of history) {
        clock.advance(Math.round(advanceBy * rule.windowMs));
        for (let i = 0; i < times; i++) {
          const earliest = clock.now();
          const { kind } = await counters.take(TAG, fresh(), [tried]);
          const latest = clock.now();
          const within = (ms: number) => admitted.filter((event) => latest - event.earliest < ms).length;
          const possiblyWithin = (ms: number) => admitted.filter((event) => earliest - event.latest <= ms).length;
          if (kind === 'taken') expect(within(rule.windowMs)).toBeLessThan(rule.max);
          else expect(possiblyWithin(rule.windowMs + widthMsOf(rule))).toBeGreaterThanOrEqual(rule.max);
          if (kind === 'taken') admitted.push({ earliest, latest });
        }
      }
    }
  });
}

interface Step {
  /** In windows. */
  advanceBy: number;
  times: number;
}

const anyRule = fc
  .record({
    max: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 95, max: 105 })),
    windowMs: fc.integer({ min: 10_000, max: 86_400_000 }),
  })
  .map(({ max, windowMs }) => bucket('any', max, windowMs));

const anyHistory = fc.array(
  fc.record({ advanceBy: fc.double({ min: 0, max: 1.2, noNaN: true }), times: fc.integer({ min: 1, max: 40 }) }),
  { minLength: 1, maxLength: 12 },
);
