import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './built-in-words.js';
import { messageText } from './message-text.js';

/**
 * A reader of its own for the line that browsers fill codes in from, step by step as the specification has it:
 * https://wicg.github.io/sms-one-time-codes/#parsing
 */
function readOriginBoundCode(message: string): { host: string; embedded: string | null; code: string } | null {
  const line = Array.from(message.replace(/\r\n?/g, '\n').split('\n').at(-1) ?? '');
  let position = 0;
  const markedToken = (marker: string): string | null => {
    if (line[position] !== marker) return null;
    position += 1;
    let token = '';
    for (; position < line.length && !/[\t\n\f\r ]/.test(line[position] ?? ''); position += 1)
      token += line[position] ?? '';
    return token === '' ? null : token;
  };
  const host = markedToken('@');
  if (host === null || line[position] !== ' ') return null;
  position += 1;
  const code = markedToken('#');
  if (code === null) return null;
  if (line[position] !== ' ') return { host, embedded: null, code };
  position += 1;
  return { host, embedded: markedToken('%'), code };
}

/** The hash of an app stands in a message as a word of its own: https://developers.google.com/identity/sms-retriever/verify */
const hasAppHash = (message: string, hash: string) => message.split(/\s/).filter((word) => word === hash).length === 1;

const parts = { sender: 'Shop', application: 'Shop', validForSeconds: 300 };
const HASH = 'FA+9qCX9VSu';

it('is read as the examples of the specification are', () => {
  expect(readOriginBoundCode('747723 is your code.\n\n@example.com #747723')).toEqual({
    ...{ host: 'example.com', embedded: null, code: '747723' },
  });
  expect(readOriginBoundCode('@example.com #747723 %shop.example $future')?.embedded).toBe('shop.example');
  for (const wrong of [
    'something @example.com #747723',
    '#747723 @example.com',
    '@example.com code #747723',
    '@x #1\n',
  ])
    expect(readOriginBoundCode(wrong)).toBeNull();
});

describe.each(Object.keys(BUILT_IN))('R53 a text message in %s', (locale) => {
  it('ends with the line of its site, the hash of its app before it, both whole', () => {
    const about = { ...parts, locale, code: '012345' };
    const { text } = messageText('sms', { ...about, webOtpOrigin: 'login.example.org', androidAppHash: HASH });
    expect(readOriginBoundCode(text)).toEqual({ host: 'login.example.org', embedded: null, code: '012345' });
    expect(hasAppHash(text, HASH)).toBe(true);
    const withHash = messageText('sms', { ...about, androidAppHash: HASH }).text;
    expect(withHash.endsWith(`\n${HASH}`)).toBe(true);
    expect(readOriginBoundCode(withHash)).toBeNull();
  });
});

it('R53 whatever words, values and language stand before it, the last line is the site and the code', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const locale = fc.constantFrom(...Object.keys(BUILT_IN));
  fc.assert(
    fc.property(text, text, locale, fc.stringMatching(/^\d{6,10}$/), (before, payee, of, code) => {
      const template = { locale: of, sms: { [of]: `${before.replace(/[{}]/g, '')} {payee} {code}` } };
      const said = { ...parts, locale: of, code, binding: { amount: '1', payee }, webOtpOrigin: 'shop.example' };
      expect(readOriginBoundCode(messageText('sms', said, template).text)).toEqual({
        ...{ host: 'shop.example', embedded: null, code },
      });
    }),
    { numRuns: 200 },
  );
});
