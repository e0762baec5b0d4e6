import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Price } from './price.js';
import { PriceList } from './price-list.js';

const price = (micros: number, rest: Partial<Price> = {}): Price => ({
  ...{ channel: 'sms', country: null, prefix: null, provider: null, micros },
  ...rest,
});
const german = { channel: 'sms', number: '+4915112345678', country: 'DE', providers: ['a'] } as const;

describe('R48 the most specific price holds', () => {
  const ordered = [
    price(1),
    price(2, { country: 'DE' }),
    price(3, { prefix: '+49' }),
    price(4, { prefix: '+49', country: 'DE' }),
    price(5, { prefix: '+4915' }),
    price(6, { provider: 'a' }),
    price(7, { provider: 'a', country: 'DE' }),
    price(8, { provider: 'a', prefix: '+4' }),
    price(9, { provider: 'a', prefix: '+4915', country: 'DE' }),
  ];

  test('in every order and whichever others there are', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ordered, { minLength: 1 }), (some) => {
        expect(new PriceList(some).costOf(german)).toBe(Math.max(...some.map(({ micros }) => micros)));
      }),
    );
  });

  test.each([
    ['another country', price(9, { country: 'AT' })],
    ['another prefix', price(9, { prefix: '+4916' })],
    ['another provider', price(9, { provider: 'b' })],
    ['a number longer than this one', price(9, { prefix: '+49151123456789' })],
    ['another channel', price(9, { channel: 'voice' })],
  ])('and one for %s does not', (_what, other) => {
    expect(new PriceList([price(1), other]).costOf(german)).toBe(1);
  });
});

test('R48 of several providers that might carry it, the dearest counts', () => {
  const list = new PriceList([price(1), price(5, { provider: 'b' }), price(3, { provider: 'c' })]);

  expect(list.costOf({ ...german, providers: ['a', 'b', 'c'] })).toBe(5);
});

test('R48 where no price fits the dearest of the channel counts, and without any none is made up', () => {
  const list = new PriceList([price(5, { country: 'AT' }), price(9, { country: 'GB' })]);

  expect(list.costOf(german)).toBe(9);
  expect(list.costOf({ ...german, channel: 'voice' })).toBeNull();
  expect(list.costOf({ ...german, channel: 'email', number: null, country: null })).toBeNull();
});

test('R48 what is free is free, and not unknown', () => {
  const list = new PriceList([price(0, { channel: 'email' })]);

  expect(list.costOf({ channel: 'email', number: null, country: null, providers: ['smtp'] })).toBe(0);
});
