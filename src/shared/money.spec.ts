import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountText, microsOf } from './money.js';

test.each([
  ['0', 0],
  ['50', 50_000_000],
  ['50.00', 50_000_000],
  ['0.075', 75_000],
  ['0.1', 100_000],
  ['0.000001', 1],
  ['999999999.999999', 999_999_999_999_999],
])('%s is %d millionths', (text, micros) => {
  expect(microsOf(text)).toBe(micros);
});

test.each(['', '-1', '+1', '1,5', '1e3', '.5', '5.', '01', '0.0000001', '1000000000', ' 1', '1\n', '١', 'NaN'])(
  '%j is no amount',
  (text) => {
    expect(microsOf(text)).toBeNull();
  },
);

test('R48 what is written is read back as it was, to the last millionth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (micros) => {
      expect(microsOf(amountText(micros))).toBe(micros);
      expect(amountText(micros)).toMatch(/^\d+\.\d{2,6}$/);
    }),
  );
});

test('R48 a sum of amounts is the amount of the sum: there is no 0.30000000000000004', () => {
  const [a = 0, b = 0] = ['0.1', '0.2'].map(microsOf).map(Number);

  expect(amountText(a + b)).toBe('0.30');
});
