import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMatch, parsePattern } from './pattern.js';

describe('a pattern that an operator writes', () => {
  it.each([
    '(a+)+$',
    '((a+))+$',
    '(a|a)*$',
    '(?:a{1,9})+$',
    '(?:a{1,9}){9}$',
    '(?<id>(?:a|b|ab)){2,}',
    '(?:x(?=a+))*',
    '((a|b)c)*',
    '(a?){30}',
    '(?:(?:\\(a\\)*)b)+',
    '([)]*)+?',
    '(a*)+?',
  ])('could take forever: %s', (text) => {
    expect(() => parsePattern(text)).toThrow('could take forever: the repeated group at character');
  });

  it.each([
    ['^OK (\\d+)', 'OK 17', '17'],
    ['^ID: (\\d+(?:\\.\\d+)?)$', 'ID: 1.5', '1.5'],
    ['^(?:OK|Success) "([^"]+)"', 'Success "x"', 'x'],
    ['(?:ab)+c', 'ababc', 'ababc'],
    ['id=([a-z(|)]+)', 'id=a|b', 'a|b'],
    ['[(a+)]+', '(a)+', '(a)+'],
    ['\\(\\w+\\)+', '(ab)', '(ab)'],
  ])('is taken: %s', (text, body, found) => {
    expect(firstMatch(parsePattern(text), body)).toBe(found);
  });

  const { pattern } = fc.letrec<{ pattern: string; term: string; group: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('term'),
      fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
      fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('|')),
    ),
    term: fc
      .tuple(
        fc.oneof({ maxDepth: 3 }, fc.constantFrom('a', '.', '\\w', '[ab]', 'aa'), tie('group')),
        fc.constantFrom('', '*', '+', '?', '+?', '{1,9}', '{2}'),
      )
      .map((parts) => parts.join('')),
    group: fc
      .tuple(fc.constantFrom('(', '(?:', '(?=', '(?<=', '(?<n>'), tie('pattern'))
      .map(([start, inner]) => `${start}${inner})`),
  }));

  it('takes no exponential time, or is refused', () => {
    // 2 to the 48th steps do not end within the time of a test.
    const nearly = `${'a'.repeat(48)}!`;
    const accepted = (text: string) => {
      try {
        return parsePattern(`^(?:${text})$`);
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(pattern, (text) => {
        const read = accepted(text);
        if (read) firstMatch(read, nearly);
      }),
      { numRuns: 2_000 },
    );
  });
});
