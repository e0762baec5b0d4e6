/** An escape, a class, a quantifier, the start of a group with what kind it is, its end, an alternative, or any other character. */
const PART = /\\.|\[(?:\\.|[^\]\\])*\]|[*+?]\??|\{\d+(?:,\d*)?\}\??|\(\?(?:[:=!]|<[=!]|<[^>]*>)|[()|]|[^]/gs;
const IS_QUANTIFIER = /^(?:[*+?]\??|\{\d)/;

/**
 * Where in a regular expression a group stands that is repeated and holds a quantifier or an alternative itself, at
 * any depth: `((a+))+`, `(a|a)*`, `(?:a{1,9})+`.
 *
 * @param pattern one that compiles.
 * @returns the position of its parenthesis, from 0.
 */
export function findRepeatedChoice(pattern: string): number | undefined {
  const open: { at: number; holdsChoice: boolean }[] = [];
  let closed: { at: number; holdsChoice: boolean } | undefined;
  for (const { 0: part, index } of pattern.matchAll(PART)) {
    const within = open.at(-1);
    if (IS_QUANTIFIER.test(part)) {
      if (closed?.holdsChoice && !part.startsWith('?')) return closed.at;
      if (within) within.holdsChoice = true;
    }
    closed = undefined;
    if (part === '|' && within) within.holdsChoice = true;
    else if (part.startsWith('(')) open.push({ at: index, holdsChoice: false });
    else if (part === ')') {
      closed = open.pop();
      const around = open.at(-1);
      if (around && closed?.holdsChoice) around.holdsChoice = true;
    }
  }
  return undefined;
}
