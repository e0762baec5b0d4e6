import type { Rule } from './rule.js';

/** What metrics call every rule that an application named itself. */
const OWN = 'own';

/**
 * Names as metrics may tell them. An application's own choice is not among them: each would be one more series for ever, and
 * applications can make as many as they like.
 *
 * @param rules those that hold for the application; a name of none of them (a cap's) stays.
 */
export function countedNames(names: readonly string[], rules: readonly Rule[]): string[] {
  const own = new Set(rules.filter((rule) => rule.own).map(({ name }) => name));
  return [...new Set(names.map((name) => (own.has(name) ? OWN : name)))];
}
