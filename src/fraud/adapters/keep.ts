/** A process that tries things out stays small; what falls out is counted anew. */
const MOST = 50_000;

/** Puts an entry at the end of a map, whose first is the one that was not asked for longest: it goes when there are too many. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value, most = MOST): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
