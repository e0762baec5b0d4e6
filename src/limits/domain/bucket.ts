/** One window of one counter: at most `max` within any `windowMs` for `key`. */
export interface Bucket {
  /** Name of the rule, told to the API key's holder when it refuses: `recipient-hour`. */
  rule: string;
  /** What is counted, without personal data: a keyed recipient index, an address. */
  key: string;
  /** At least 1. */
  max: number;
  windowMs: number;
  /** Counts in a row: a right answer starts it anew. */
  clearedBySuccess: boolean;
}

/** Buckets that are taken in one step, because their counters live together. */
export interface BucketGroup {
  /** What the group's counters have in common: the application, or for global rules the one thing they count. */
  tag: string;
  buckets: Bucket[];
}
