import { findRepeatedChoice } from './pattern-groups.js';

const MOST_PATTERN_CHARACTERS = 512;
/** What a pattern gets to see: backtracking costs the more the longer the text is. */
const MOST_SEEN_CHARACTERS = 4_096;

/**
 * Reads a regular expression; `^` and `$` mean lines. Refused is what can take exponential time on a text that nearly fits, which
 * is anybody's: a repeated group that may take the same text in several ways.
 *
 * @throws RangeError that says what is wrong.
 */
export function parsePattern(text: string): RegExp {
  if (text === '' || text.length > MOST_PATTERN_CHARACTERS)
    throw new RangeError(`a pattern has 1 to ${String(MOST_PATTERN_CHARACTERS)} characters`);
  const pattern = compiled(text);
  const group = findRepeatedChoice(text);
  if (group !== undefined)
    throw new RangeError(
      `could take forever: the repeated group at character ${String(group + 1)} holds a repetition or an alternative; ` +
        'write it once, without repeating the group, or as a class like [a-z,]+',
    );
  return pattern;
}

function compiled(text: string): RegExp {
  try {
    return new RegExp(text, 'm');
  } catch {
    throw new RangeError('is no regular expression');
  }
}

/** The first group that took part, or all that fits when there is none; undefined when nothing fits. */
export function firstMatch(pattern: RegExp, text: string): string | undefined {
  const found = pattern.exec(text.slice(0, MOST_SEEN_CHARACTERS));
  if (!found) return undefined;
  const [whole, ...groups] = found;
  return groups.find((group: string | undefined) => group !== undefined) ?? whole;
}
