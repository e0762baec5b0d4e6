import { describe, expect, it } from 'vitest';
import { interleaved } from '../../bench/measure/interleave.js';
import { percentile, ratios, spreadOf } from '../../bench/measure/statistics.js';

describe('the statistics of the benchmarks', () => {
  it('gives the middle value and the ends, whatever the order', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, min: 1, max: 5 });
    expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5);
  });

  it('divides what was measured in the same round', () => {
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
  });

  it('counts the distance between two values of a percentile', () => {
    expect(percentile([100, 0], 0.99)).toBeCloseTo(99);
  });

  it('takes turns, and throws the first round away', async () => {
    const order: string[] = [];
    const subject = (name: string) => () => Promise.resolve(order.push(name));
    const rounds = await interleaved(2, { a: subject('a'), b: subject('b') });
    expect(order.join('')).toBe('ababab');
    expect(rounds).toEqual({ a: [3, 5], b: [4, 6] });
  });
});
