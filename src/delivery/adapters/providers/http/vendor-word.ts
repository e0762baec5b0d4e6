import type { StatusMap } from '../outcomes/status-map.js';

/**
 * A vendor's word as it may be kept: short, and neither prose nor a number of somebody. A place that an operator has named by
 * mistake could hold anything.
 *
 * @param known words of the operator's maps, which are no secrets.
 */
export function keepable(word: string, known: readonly (Readonly<Record<string, unknown>> | undefined)[]): string {
  const short = word.replace(/[^A-Za-z0-9 ._:-]+/g, '-').slice(0, 48);
  if (known.some((map) => map && Object.hasOwn(map, word))) return short;
  const isProse = word.length > 32 || word.split(' ').length > 3;
  return isProse || /\d{7}/.test(word) ? 'not a known word' : short;
}

/** The same map for words in any spelling: some vendors change between `Delivered` and `DELIVERED`. */
export const caseless = (map: StatusMap = {}): StatusMap =>
  Object.fromEntries(Object.entries(map).map(([word, meaning]) => [word.toLowerCase(), meaning]));
