import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/limits/domain/bucket.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { bucket, counter, fresh, MINUTE, TAG, type OpenCounters, type OpensCounters } from './counter-fixtures.js';

/** Rules change while acts are counted: what is known of the time before goes on counting, however it was kept. */
export function changesContract(name: string, open: OpensCounters): void {
  describe(`Changed rules ${name}`, () => {
    let clock: ShiftedClock;
    let opened: OpenCounters;
    beforeEach(async () => {
      clock = new ShiftedClock();
      opened = await open(clock);
    });
    afterEach(() => {
      opened.close();
    });

    async function admitted(times: number, ...rules: Bucket[]): Promise<number> {
      const acts = Array.from({ length: times }, () => opened.counters.take(TAG, fresh(), [counter(...rules)]));
      return (await Promise.all(acts)).filter(({ kind }) => kind === 'taken').length;
    }
    const hour = (max: number, more: Partial<Bucket> = {}) => ({ ...bucket('hour', max, 60 * MINUTE), ...more });

    test.each([
      { how: 'raised, both keep acts', maxima: [3, 8] },
      { how: 'raised beyond what is kept', maxima: [40, 140] },
      { how: 'raised, both add up', maxima: [120, 150] },
      { how: 'raised, then lowered to what is kept', maxima: [120, 130, 40] },
      { how: 'raised, then lowered, both add up', maxima: [120, 130, 110] },
      { how: 'raised and lowered again and again', maxima: [40, 140, 60, 140] },
    ])('a maximum that is $how: $maxima', async ({ maxima }) => {
      let before = 0;
      for (const max of maxima) {
        const room = Math.max(0, max - before);
        expect(await admitted(room + 5, hour(max))).toBe(room);
        before = Math.max(before, max);
        clock.advance(MINUTE / 10);
      }
    });

    test('a shadow that is enforced goes on with what it counted, and the other way round', async () => {
      const modes: Partial<Bucket>[] = [{ shadow: true }, {}, { shadow: true }];
      const counts = [];
      for (const more of modes) counts.push(await admitted(5, hour(3, more)));
      const { shadowed } = await opened.counters.take(TAG, fresh(), [counter(hour(3, { shadow: true }))]);

      expect(counts).toEqual([5, 0, 5]);
      expect(shadowed).toEqual(['hour']);
    });

    test('what other rules had counted of the same acts is known to a rule that is changed; twice, if need be', async () => {
      const other = bucket('half-hour', 200, 30 * MINUTE);
      await admitted(30, hour(150), other);
      clock.advance(MINUTE / 10);

      expect(await admitted(30, hour(40), other)).toBeLessThanOrEqual(10);
    });

    test('an act is given back where it was counted, whatever holds by then', async () => {
      const act = fresh();
      await opened.counters.take(TAG, act, [counter(hour(150))]);
      await admitted(149, hour(150));
      await opened.counters.refund(TAG, act, [counter(hour(40), bucket('half-hour', 150, 30 * MINUTE))]);

      expect(await admitted(3, hour(150))).toBe(1);
    });

    test('a rule that was added after an act is not given what it never counted', async () => {
      const [act, before] = [fresh(), hour(150)];
      const added = bucket('half-hour', 120, 30 * MINUTE);
      const both = [before, { ...added, mark: 'o' }];
      await opened.counters.take(TAG, act, [counter(before)]);
      await admitted(120, ...both);
      await opened.counters.refund(TAG, act, [counter(...both)]);

      expect(await admitted(3, ...both)).toBe(0);
    });

    test('any changes, any history: never more than the maximum within the window, of all that is known', async () => {
      await fc.assert(fc.asyncProperty(anyHistory, holdsAllItKnows), { numRuns: 30 });
    });

    async function holdsAllItKnows(history: Phase[]): Promise<void> {
      const key = fresh();
      let known: number[] = [];
      let previous: Phase | undefined;
      for (const phase of history) {
        clock.advance(Math.round(phase.advanceBy * phase.windowMs));
        const lastKnown = previous?.windowMs ?? 0;
        known = known.filter((atMs) => clock.now() - atMs < lastKnown);
        const rule = { ...bucket('any', phase.max, phase.windowMs), ...(phase.shadow && { shadow: true as const }) };
        for (let i = 0; i < phase.times; i++) {
          const take = await opened.counters.take(TAG, fresh(), [{ ...counter(rule), key }]);
          const nowMs = clock.now();
          const within = known.filter((atMs) => nowMs - atMs < phase.windowMs).length;
          const counted = take.kind === 'taken' && take.shadowed.length === 0;
          if (counted) expect(within).toBeLessThan(phase.max);
          if (counted) known.push(nowMs);
          previous = phase;
        }
      }
    }
  });
}

interface Phase {
  max: number;
  windowMs: number;
  shadow: boolean;
  /** In windows. */
  advanceBy: number;
  times: number;
}

const anyHistory: fc.Arbitrary<Phase[]> = fc.array(
  fc.record({
    max: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 98, max: 106 })),
    windowMs: fc.constantFrom(15 * MINUTE, 20 * MINUTE, 60 * MINUTE),
    shadow: fc.boolean(),
    advanceBy: fc.double({ min: 0, max: 0.7, noNaN: true }),
    times: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 2, maxLength: 8 },
);
