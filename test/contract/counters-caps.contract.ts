import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/limits/domain/bucket.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { bucket, counter, fresh, MINUTE, TAG, type OpenCounters, type OpensCounters } from './counter-fixtures.js';

const DAY = 24 * 60 * MINUTE;

const cap = (max: number, weight: number, more: Partial<Bucket> = {}) => ({
  ...counter({ ...bucket('spend', max, DAY), mark: 'w', weight, ...more }),
  ...{ key: 'cap:spend', kind: 'cap:spend' },
});

/** What acts weigh together is bounded as their number is. */
export function capsContract(name: string, open: OpensCounters): void {
  describe(`Caps ${name}`, () => {
    let clock: ShiftedClock;
    let opened: OpenCounters;
    beforeEach(async () => {
      clock = new ShiftedClock();
      opened = await open(clock);
    });
    afterEach(() => {
      opened.close();
    });

    const take = (max: number, weight: number, act = fresh(), more: Partial<Bucket> = {}) =>
      opened.counters.take(TAG, act, [cap(max, weight, more)]);

    test('what fits is taken, to the last unit, and the level is told', async () => {
      const weights = [40, 40, 30, 20, 1, 0];
      const told = [];
      for (const weight of weights) told.push(await take(100, weight));

      expect(told.map(({ kind }) => kind)).toEqual(['taken', 'taken', 'refused', 'taken', 'refused', 'taken']);
      expect(told.map(({ levels }) => levels['spend']?.used)).toEqual([40, 80, 80, 100, 100, 100]);
      expect(told[2]?.levels).toEqual({ spend: { used: 80, max: 100 } });
    });

    test('of many at once exactly as many as fit', async () => {
      const takes = await Promise.all(Array.from({ length: 60 }, () => take(100, 7)));

      expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(14);
    });

    test('amounts up to 10^15 are exact', async () => {
      const most = 10 ** 15;
      await opened.counters.take(TAG, fresh(), [cap(most, most - 2 * 10 ** 9 - 1)]);
      await take(most, 10 ** 9);
      const last = await take(most, 10 ** 9);

      expect(last).toMatchObject({ kind: 'taken', levels: { spend: { used: most - 1, max: most } } });
      expect((await take(most, 2)).kind).toBe('refused');
      expect((await take(most, 1)).levels).toEqual({ spend: { used: most, max: most } });
    });

    test('all or none with the rules', async () => {
      const hour = counter(bucket('hour', 2, 60 * MINUTE));
      const both = (weight: number) => opened.counters.take(TAG, fresh(), [hour, cap(100, weight)]);
      const kinds = [];
      for (const weight of [60, 60, 10, 10]) kinds.push((await both(weight)).kind);

      expect(kinds).toEqual(['taken', 'refused', 'taken', 'refused']);
      expect((await take(100, 0)).levels).toEqual({ spend: { used: 70, max: 100 } });
    });

    test('what is given back is what it weighed then, once, whatever is said it weighs', async () => {
      const act = fresh();
      await take(100, 30);
      await take(100, 60, act);
      await Promise.all([1, 2, 3].map((weight) => opened.counters.refund(TAG, act, [cap(100, weight)])));

      expect((await take(100, 70)).levels).toEqual({ spend: { used: 100, max: 100 } });
    });

    test('it weighs until it has left the window, and waiting as long as told is enough', async () => {
      await take(100, 60);
      clock.advance(DAY / 2);
      await take(100, 40);
      const waitMs = (await take(100, 50)).fullForMs['spend'] ?? 0;
      clock.advance(waitMs);

      expect(waitMs).toBeGreaterThanOrEqual(DAY / 2 - MINUTE);
      expect(waitMs).toBeLessThanOrEqual(DAY / 2 + DAY / 60 + 1);
      expect((await take(100, 50)).kind).toBe('taken');
      expect((await take(100, 101)).fullForMs).toEqual({ spend: DAY });
    });

    test('a shadow refuses nothing, and weighs only what it would have allowed', async () => {
      const told = [];
      for (const weight of [60, 60, 40]) told.push(await take(100, weight, fresh(), { shadow: true }));

      expect(told.map(({ kind }) => kind)).toEqual(['taken', 'taken', 'taken']);
      expect(told.map(({ shadowed }) => shadowed)).toEqual([[], ['spend'], []]);
      expect(told.map(({ levels }) => levels['spend']?.used)).toEqual([60, 60, 100]);
    });
  });
}
