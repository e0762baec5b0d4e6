import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Take } from '../../src/limits/application/ports.js';
import type { Bucket } from '../../src/limits/domain/bucket.js';
import { widthMsOf } from '../../src/limits/domain/sliding-window.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { bucket, counter, fresh, MINUTE, TAG, type OpenCounters, type OpensCounters } from './counter-fixtures.js';

const shadow = (rule: string, max: number, windowMs: number): Bucket => ({
  ...bucket(rule, max, windowMs),
  shadow: true,
});

/** Parts of a window of which no few make a whole one: acts of two that run side by side stay on one side of its end. */
const PARTS = [0.137, 0.291, 0.613, 1.057];

/** A rule can be tried before it hurts: it tells what it would do, and does nothing. */
export function shadowContract(name: string, open: OpensCounters): void {
  describe(`Shadow rules ${name}`, () => {
    let clock: ShiftedClock;
    let opened: OpenCounters;
    beforeEach(async () => {
      clock = new ShiftedClock();
      opened = await open(clock);
    });
    afterEach(() => {
      opened.close();
    });

    const take = (buckets: Bucket[], act = fresh(), key = 'recipient:x') =>
      opened.counters.take(TAG, act, [{ ...counter(...buckets), key }]);
    async function inTurn(times: number, ...buckets: Bucket[]): Promise<Take[]> {
      const takes = [];
      for (let i = 0; i < times; i++) takes.push(await take(buckets));
      return takes;
    }
    const shadowed = (takes: Take[]) => takes.map((taken) => taken.shadowed.length);

    test('it names exactly what the same rule would refuse, were it enforced: any history', async () => {
      const anyHistory = fc.array(fc.tuple(fc.constantFrom(...PARTS), fc.integer({ min: 1, max: 9 })), {
        maxLength: 12,
      });
      const anyMax = fc.integer({ min: 1, max: 8 });
      await fc.assert(
        fc.asyncProperty(anyMax, anyHistory, async (max, history) => {
          const [watching, enforced] = [fresh(), fresh()];
          for (const [part, times] of history) {
            clock.advance(part * 10 * MINUTE);
            for (let i = 0; i < times; i++) {
              const seen = await take([shadow('hour', max, 10 * MINUTE)], fresh(), watching);
              const held = await take([bucket('hour', max, 10 * MINUTE)], fresh(), enforced);
              expect(seen).toMatchObject({ kind: 'taken', shadowed: held.kind === 'refused' ? ['hour'] : [] });
            }
          }
        }),
        { numRuns: 25 },
      );
    });

    test.each([3, 150])('what it would have refused does not count in its window (maximum %i)', async (max) => {
      const hour = shadow('hour', max, 60 * MINUTE);
      const takes = await inTurn(max + 2, hour);
      clock.advance(60 * MINUTE + widthMsOf(hour));

      expect(shadowed(takes)).toEqual([...Array<number>(max).fill(0), 1, 1]);
      expect(shadowed(await inTurn(max + 1, hour))).toEqual([...Array<number>(max).fill(0), 1]);
    });

    test.each([3, 150])('nor does it where other rules count it (maximum %i)', async (max) => {
      const rules = [shadow('half-hour', max, 30 * MINUTE), bucket('hour', 2 * max + 3, 60 * MINUTE)];
      await inTurn(max, ...rules);
      clock.advance(20 * MINUTE);
      const refused = await inTurn(2, ...rules);
      clock.advance(11 * MINUTE);

      expect(shadowed(refused)).toEqual([1, 1]);
      expect(shadowed(await inTurn(max + 1, ...rules))).toEqual([...Array<number>(max).fill(0), 1]);
    });

    test.each([
      [3, 1],
      [150, 148],
      [3, 200],
    ])('one that allows %i and is enforced allows just that beside a shadow of %i', async (max, watched) => {
      const rules = [bucket('hour', max, 60 * MINUTE), shadow('half-hour', watched, 30 * MINUTE)];
      const takes = await inTurn(max + 3, ...rules);

      expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(max);
      expect(shadowed(takes.slice(0, max)).filter(Boolean)).toHaveLength(Math.max(0, max - watched));
    });

    test.each([3, 150])('what is given back is what was counted: it, or nothing (maximum %i)', async (max) => {
      const hour = [shadow('hour', max, 60 * MINUTE)];
      const [first, over] = [fresh(), fresh()];
      await take(hour, first);
      await inTurn(max - 1, ...hour);
      const refused = await take(hour, over);
      await opened.counters.refund(TAG, over, [counter(...hour)]);
      const still = await take(hour);
      await opened.counters.refund(TAG, first, [counter(...hour)]);

      expect(shadowed([refused, still, ...(await inTurn(2, ...hour))])).toEqual([1, 1, 0, 1]);
    });

    test('a repeated act is told the same', async () => {
      const rules = [bucket('hour', 5, 60 * MINUTE), shadow('half-hour', 1, 30 * MINUTE), shadow('h', 101, MINUTE)];
      const acts = [fresh(), fresh()];
      const told = [];
      for (const act of [...acts, ...acts]) told.push((await take(rules, act)).shadowed);

      expect(told).toEqual([[], ['half-hour'], [], ['half-hour']]);
    });

    test('R22 a shadow that only must have room refuses nothing, and is named', async () => {
      const rules = [bucket('sent', 5, 60 * MINUTE), shadow('failed', 1, 60 * MINUTE)];
      await opened.counters.take(TAG, fresh(), [{ ...counter(...rules), counts: 'f' }]);
      const sent = await opened.counters.take(TAG, fresh(), [{ ...counter(...rules), counts: 's', needsRoom: 'f' }]);

      expect(sent).toMatchObject({ kind: 'taken', shadowed: ['failed'] });
    });
  });
}
