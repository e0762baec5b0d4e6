/**
 * What is being limited: `send`, a message to somebody; `check`, a guess at a code; `failed-check`, a guess that was wrong
 * (taken before the guess is compared, given back when it was right).
 */
export type LimitOn = 'send' | 'check' | 'failed-check';

/** Whom something is counted for. A dimension that is absent is not counted: its rules are skipped. */
export interface Dimensions {
  applicationId: string;
  /** Keyed index of the canonical recipient; opaque here. */
  recipient?: string | undefined;
  /** Keyed name of the block of numbers the recipient's belongs to; opaque here. */
  recipientPrefix?: string | undefined;
  /** ISO 3166-1 alpha-2 of the recipient's number. */
  country?: string | undefined;
  /** Keyed name of the application's user; opaque here. */
  subject?: string | undefined;
  /** The end user's address, as the application told it. */
  ip?: string | undefined;
  /** Id of the API key. */
  apiKey?: string | undefined;
  /** Keyed name of the end user's device; opaque here. */
  device?: string | undefined;
  /** The application's own dimensions: keyed names by the application's names for them. */
  custom?: Record<string, string> | undefined;
}

/** At most `max` within any `windowSeconds`, for each value of one dimension. */
export interface Rule {
  /** Unique; told to the API key's holder when the rule refuses. */
  name: string;
  on: LimitOn;
  by: 'recipient' | 'subject' | 'ip';
  /** `application`: each application has counters of its own. `global`: one counter across all of them. */
  scope: 'application' | 'global';
  max: number;
  windowSeconds: number;
  /** Counts in a row: a right answer starts it anew. */
  clearedBySuccess?: true;
}
