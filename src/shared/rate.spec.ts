import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitsNoMore, parseRate, rateText, type Rate } from './rate.js';

const rates = fc.record({
  max: fc.integer({ min: 1, max: 1_000_000 }),
  windowSeconds: fc.integer({ min: 1, max: 366 * 86_400 }),
});
const smallRates = fc.record({ max: fc.integer({ min: 1, max: 6 }), windowSeconds: fc.integer({ min: 1, max: 12 }) });

describe('a rate as people write it', () => {
  test.each([
    ['5/1h', 5, 3_600],
    ['10/10m', 10, 600],
    ['3/30s', 3, 30],
    ['20/1d', 20, 86_400],
    ['1000000/366d', 1_000_000, 31_622_400],
    ['0/0s', 0, 0],
  ])('%s', (text, max, windowSeconds) => {
    expect(parseRate(text)).toEqual({ max, windowSeconds });
  });

  test.each(['', '5', '5/', '/1h', '5/h', '5/1', '5/1w', '5/1H', '-5/1h', '5/-1h', '5.5/1h', '5/1.5h', '1e3/1h'])(
    'not %j',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );

  test.each([' 5/1h', '5/1h ', '5 /1h', '5/1h\n', '٥/1h', '5/1h/1h', '5/1h1m', '9999999999/1h', '5∕1h'])(
    'nor %j, which only looks like one',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );

  test('is written in the largest unit that fits', () => {
    const texts = [30, 60, 90, 3_600, 5_400, 86_400, 90_000].map((windowSeconds) =>
      rateText({ max: 5, windowSeconds }),
    );

    expect(texts).toEqual(['5/30s', '5/1m', '5/90s', '5/1h', '5/90m', '5/1d', '5/25h']);
  });

  test('is what was written', () => {
    fc.assert(
      fc.property(rates, (rate) => {
        expect(parseRate(rateText(rate))).toEqual(rate);
      }),
    );
  });
});

/** Whether a rule admits all of these moments (seconds, ascending). */
const admitsAll = ({ max, windowSeconds }: Rate, moments: number[]) =>
  moments.every((at) => moments.filter((other) => other > at - windowSeconds && other <= at).length <= max);

describe('R79 a rate that admits no more than another', () => {
  test('admits nothing that the other refuses', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(smallRates, smallRates, gaps, (rate, other, between) => {
        fc.pre(admitsNoMore(rate, other));
        const admitted: number[] = [];
        let at = 0;
        for (const gap of between) {
          at += gap;
          if (admitsAll(rate, [...admitted, at])) admitted.push(at);
        }
        expect(admitsAll(other, admitted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is not refused for nothing: where it says more, there are acts that only the other refuses', () => {
    fc.assert(
      fc.property(smallRates, smallRates, (rate, other) => {
        fc.pre(!admitsNoMore(rate, other));
        const bursts = Math.ceil(other.windowSeconds / rate.windowSeconds);
        const acts = Array.from({ length: bursts }, (_, i) =>
          Array<number>(rate.max).fill(i * rate.windowSeconds),
        ).flat();
        expect([admitsAll(rate, acts), admitsAll(other, acts)]).toEqual([true, false]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['4/1h', '5/1h', true],
    ['5/1h', '5/1h', true],
    ['5/2h', '5/1h', true],
    ['6/1h', '5/1h', false],
    ['5/59m', '5/1h', false],
    ['2/30m', '5/1h', true],
    ['3/30m', '5/1h', false],
    ['1/1s', '3600/1h', true],
  ])('%s beside %s: %s', (rate, other, stricter) => {
    expect(admitsNoMore(parseRate(rate) as Rate, parseRate(other) as Rate)).toBe(stricter);
  });
});
