import { describe, expect, it } from 'vitest';
import { isSenderId } from './sender-id.js';

describe('sender id', () => {
  it.each(['Einmal', 'My Shop 24', 'abcdefghijk', '72727', '+4915112345678', '491511234567890', 'O2'])(
    '%j is one',
    (text) => {
      expect(isSenderId(text)).toBe(true);
    },
  );

  it.each([
    '',
    'abcdefghijkl',
    '12',
    '004930123456',
    '+004930123456',
    '1234567890123456',
    ' Shop',
    'Shop ',
    'Bücher',
    'a.b',
    '+Shop',
    '1 2 3',
    'a\r\nb',
  ])('%j is none', (text) => {
    expect(isSenderId(text)).toBe(false);
  });
});
