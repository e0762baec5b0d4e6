import { describe, expect, it } from 'vitest';
import { at, parseJsonPaths } from './path.js';
import { readJson } from './read-json.js';

describe('JSON that a gateway sends', () => {
  it.each<[string, unknown]>([
    ['{"id":1234567890123456789}', { id: '1234567890123456789' }],
    ['[1.50, -2e+3, true, null, "7"]', ['1.50', '-2e+3', true, null, '7']],
    ['{"a":"{[\\"]}","b":[]} and more', { a: '{["]}', b: [] }],
    ['{"a":"x\\\\"}{"b":1}', { a: 'x\\' }],
    ['\uFEFF{"a":1}', { a: '1' }],
    [' \n42', '42'],
    ['{"a":', undefined],
    ['{"a":"', undefined],
    ['{"a":-}', undefined],
    ['OK', undefined],
    ['', undefined],
  ])('%j', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  const LONG = 262_144;
  it.each([
    ['{', '\\"'],
    ['{', '"'],
    ['{"a":"', '\\"'],
    ['', '"a'],
    ['', '{'],
    ['', '}'],
    ['[', '-'],
    ['[', '1'],
    ['[', '1e'],
    ['[', '0,'],
  ])('is read once from its beginning to its end: %s%s…', (start, again) => {
    // Were anything looked at again and again, this would not end within the time of a test, but in an hour.
    expect(readJson(start + again.repeat(LONG / again.length))).toBeUndefined();
  });

  it('may be as deep as it likes', () => {
    const deep = readJson('['.repeat(LONG / 2) + ']'.repeat(LONG / 2));
    expect(at(deep, parseJsonPaths('$.id'))).toBeUndefined();
  });
});
