import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './built-in-words.js';
import { askForKey, sayCode, sayOver } from './spoken-text.js';

const SHOP = { locale: 'en', sender: 'Shop' };

describe('R37 what a call says', () => {
  it('is the code twice, as digits', () => {
    expect(sayCode({ ...SHOP, code: '012345' })).toEqual({
      speech: ['Your ', 'Shop', ' code is ', { digits: '012345' }, '. Once more: ', { digits: '012345' }, '.'],
      text: 'Your Shop code is 012345. Once more: 012345.',
      locale: 'en',
    });
  });

  it('is the payment before its code', () => {
    const binding = { amount: '12.50 EUR', payee: 'Bob & {code}' };
    const { text } = sayCode({ ...SHOP, code: '012345', binding });
    expect(text).toBe(
      'This is about a payment of 12.50 EUR to Bob & {code}. Your Shop code is 012345. Once more: 012345.',
    );
  });

  it.each([
    ['de', 'de'],
    ['de-AT', 'de-AT'],
    ['fr-CA', 'fr-CA'],
    ['cs', 'en'],
    ['xx-YY', 'en'],
    ['', 'en'],
  ])('to %s is told to be in %s', (locale, of) => {
    for (const said of [
      sayCode({ ...SHOP, locale, code: '1' }),
      askForKey({ ...SHOP, locale }),
      sayOver('tooLate', { ...SHOP, locale }),
    ])
      expect(said.locale).toBe(of);
  });

  it('is English where there are no words, never another language in an English voice', () => {
    expect(askForKey({ sender: 'Shop', locale: 'cs-CZ' })).toEqual(askForKey(SHOP));
  });

  it.each(Object.keys(BUILT_IN))('in %s names whoever calls, the key, and the code twice', (locale) => {
    const digits = { digits: '987654' };
    const { speech } = sayCode({
      locale,
      sender: 'Shop',
      code: digits.digits,
      binding: { amount: '5 €', payee: 'Bob' },
    });
    expect(speech.filter((part) => typeof part !== 'string')).toEqual([digits, digits]);
    for (const part of ['Shop', '5 €', 'Bob']) expect(speech).toContain(part);
    expect(askForKey({ locale, sender: 'Shop' }).text).toMatch(/Shop.*\b1\b/);
    for (const why of ['notNeeded', 'tooLate'] as const)
      expect(sayOver(why, { locale, sender: 'Shop' }).text).not.toMatch(/[{}]/);
  });

  it('never looks for a place in what was put into one', () => {
    expect(askForKey({ locale: 'en', sender: '{code} {sender}' }).text).toContain('This is {code} {sender}.');
  });
});
