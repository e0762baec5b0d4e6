/** One window of one counter: at most `max` within any `windowMs` for `key`. */
export interface Bucket {
  /** Name of the rule, told to the API key's holder when it refuses: `recipient-hour`. */
  rule: string;
  /** What is counted, without personal data: a keyed recipient index, an address, an application. */
  key: string;
  max: number;
  windowMs: number;
}
