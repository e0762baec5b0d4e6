const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before the second try, the third, …: ten tries over about 75 hours, the schedule of Standard Webhooks 1.0. */
const WAITS_MS = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];

export const MOST_TRIES = WAITS_MS.length + 1;

/** A receiver that asks for more than this is asked again then all the same. */
export const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/** Share of a wait by which it is longer or shorter, so that what failed together does not come back together. */
const SPREAD = 0.1;

export interface FailedTry {
  /** So many the message has had, this one included. */
  tries: number;
  /** What the receiver's `Retry-After` says; it can make a wait longer, never shorter. */
  askedForMs: number | null;
  /** Uniform from 0 to 1. */
  chance: number;
}

/** @returns milliseconds until the next try; null when that was the last. */
export function nextTryInMs({ tries, askedForMs, chance }: FailedTry): number | null {
  const waitMs = WAITS_MS[tries - 1];
  if (waitMs === undefined) return null;
  const spread = waitMs * (1 + SPREAD * (2 * chance - 1));
  return Math.round(Math.max(spread, Math.min(askedForMs ?? 0, LONGEST_RETRY_AFTER_MS)));
}
