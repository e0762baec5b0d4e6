import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALERT_PERCENTS, reachedBy } from './spend-alert.js';

test('R48 however a cap is used up, each share is reached exactly once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1 }), (prices) => {
      const max = prices.reduce((sum, price) => sum + price, 0);
      let used = 0;
      const reached = prices.flatMap((micros) => reachedBy({ used: (used += micros), max }, micros));

      expect(reached).toEqual([...ALERT_PERCENTS]);
    }),
  );
});

test.each([
  [49, 1, []],
  [50, 1, [50]],
  [51, 1, []],
  [80, 40, [50, 80]],
  [100, 1, [100]],
  [120, 1, []],
])('at %i of 100, of which the last send is %i: %j', (used, micros, percents) => {
  expect(reachedBy({ used, max: 100 }, micros)).toEqual(percents);
});
