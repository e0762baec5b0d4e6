const MOST_PATTERN_CHARACTERS = 512;
/** What a pattern gets to see: backtracking costs the more the longer the text is. */
const MOST_SEEN_CHARACTERS = 4_096;
/** A repetition within a repetition: `(a+)+` takes exponential time on what nearly fits. */
const NESTED_REPETITION = /\((?:[^()\\]|\\.)*[*+](?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,)/;

/**
 * Reads a regular expression; `^` and `$` mean lines.
 *
 * @throws RangeError that says what is wrong.
 */
export function parsePattern(text: string): RegExp {
  if (text === '' || text.length > MOST_PATTERN_CHARACTERS)
    throw new RangeError(`a pattern has 1 to ${String(MOST_PATTERN_CHARACTERS)} characters`);
  if (NESTED_REPETITION.test(text)) throw new RangeError('a repetition within a repetition could take forever');
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
