/** One window of one counter: at most `max` acts of a kind, or at most that weight of them, within any `windowMs`. */
export interface Bucket {
  /** Name of the rule, told to the API key's holder when it refuses: `recipient-hour`. */
  rule: string;
  /** Which acts it counts: those that carry this mark. One letter, since every act that is kept carries its marks. */
  mark: string;
  /** At least 1. */
  max: number;
  windowMs: number;
  /** It refuses nothing, and does not count what it would have refused: its history is that of a rule that is enforced. */
  shadow?: true;
  /** How much the act weighs here; absent: one, as every act that is counted by its number. */
  weight?: number;
}

/** One thing whose acts are counted, what is asked of it, and all buckets that it has. */
export interface Counter {
  /** The thing, without personal data: `recipient:` and a keyed index, `ip:` and an address. */
  key: string;
  /** What kind of thing: `recipient`, `country+ip`. An act has at most one counter of each kind. */
  kind: string;
  /** Every bucket of the thing, whatever is asked: they say how long an act matters. */
  buckets: readonly Bucket[];
  /** Marks under which the act is counted here; all of them need room. Empty when there only must be room. */
  counts: string;
  /** Marks under which there must be room, though nothing is counted. */
  needsRoom: string;
}

/** Counters that are taken in one step, because they live together. */
export interface CounterGroup {
  /** What the group's counters have in common: the application, or for global rules the one thing they count. */
  tag: string;
  counters: Counter[];
}
