import { describe, expect, it } from 'vitest';
import { readListedValue, type ListKind } from './listed-value.js';

const shown = (kind: ListKind, text: string) => readListedValue(kind, text)?.shown;
const key = (kind: ListKind, text: string) => readListedValue(kind, text)?.key;

describe('a value of a list', () => {
  it('R38 is one for every spelling', () => {
    const spellings = [
      '+4915112345678',
      '004915112345678',
      '+49 (151) 123-456 78',
      'tel:+4915112345678',
      '+４９15112345678',
    ];
    expect(new Set(spellings.map((text) => key('number', text)))).toEqual(new Set(['phone:+4915112345678']));
    const prefixes = ['+49151', '49151', '0049 151', '+49 (151)', '＋49-151'];
    expect(new Set(prefixes.map((text) => key('prefix', text)))).toEqual(new Set(['49151']));
    const mailboxes = ['a.b+c@gmail.com', 'AB@googlemail.com', ' ab@GMAIL.com'];
    expect(new Set(mailboxes.map((text) => key('email', text)))).toEqual(new Set(['email:ab@gmail.com']));
    const domains = ['Example.ORG', '@example.org', ' example.org'];
    expect(new Set(domains.map((text) => key('email-domain', text)))).toEqual(new Set(['example.org']));
    expect(key('email-domain', 'bücher.example')).toBe('xn--bcher-kva.example');
  });

  it('is shown masked where it names a person, and whole where it does not', () => {
    expect(shown('number', '+4915112345678')).toBe('+49151•••••78');
    expect(shown('email', 'ada@example.org')).toBe('a•••@example.org');
    expect(shown('prefix', '49151')).toBe('+49151');
    expect(shown('ip', '192.0.2.7')).toBe('192.0.2.7/32');
  });

  it.each<[ListKind, string]>([
    ['number', '015112345678'],
    ['number', '+49'],
    ['number', 'ada@example.org'],
    ['prefix', '+4'],
    ['prefix', '0151'],
    ['prefix', '+49151234567890'],
    ['prefix', '+12025550123'],
    ['prefix', '+4x'],
    ['email', 'example.org'],
    ['email', '"a b"@example.org'],
    ['email-domain', 'org'],
    ['email-domain', 'a@b@example.org'],
    ['email-domain', '*.example.org'],
    ['ip', '0.0.0.0/0'],
  ])('of kind %s is not %j', (kind, text) => {
    expect(readListedValue(kind, text)).toBeNull();
  });
});
