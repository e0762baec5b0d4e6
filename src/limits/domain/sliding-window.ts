import type { Bucket } from './bucket.js';

/** How long a reservation is remembered: longer than a verification can live (10 minutes), after which nothing is given back. */
export const RESERVATION_KEPT_MS = 15 * 60_000;

/** Some acts of one moment, which leave the window together. */
export interface Held {
  leavesAtMs: number;
  count: number;
}

/** As many acts as a counter keeps for one bucket; with what else it holds it stays within a small Redis hash (128 fields). */
const MOST_ACTS = 100;

/** About as many sub-buckets as a large bucket ever has in use, whatever its maximum. */
const FINEST = 60;

/**
 * Whether the acts themselves are kept, which is exact to the millisecond, and is the memory of the reservation as well. Not for
 * a bucket that would hold too many of them within its window, or while reservations are remembered.
 */
export const keepsActs = ({ max, windowMs }: Bucket): boolean =>
  max * Math.ceil(Math.max(windowMs, RESERVATION_KEPT_MS) / windowMs) <= MOST_ACTS;

/** The width of a sub-bucket: a bucket too large to keep its acts counts them in sixtieths of its window, so that it stays small. */
export const widthMsOf = (bucket: Bucket): number => (keepsActs(bucket) ? 1 : Math.ceil(bucket.windowMs / FINEST));

/** The sub-bucket that a moment belongs to. */
export const subBucketAt = (nowMs: number, bucket: Bucket): number => Math.floor(nowMs / widthMsOf(bucket));

/**
 * When a sub-bucket stops counting: when its last moment has left the window. Until then it counts whole, so that no window
 * of any position holds more than the maximum (R43), at the price of refusing up to one sub-bucket's width too long.
 */
export const leavesAtMs = (subBucket: number, bucket: Bucket): number =>
  (subBucket + 1) * widthMsOf(bucket) + bucket.windowMs;

/** Milliseconds until one more fits, 0 when it does: full until what holds the `max`-th youngest count has left. */
export function msUntilRoom(held: Held[], { max }: Bucket, nowMs: number): number {
  let younger = 0;
  for (const { leavesAtMs: at, count } of [...held].sort((a, b) => b.leavesAtMs - a.leavesAtMs)) {
    if (at <= nowMs) return 0;
    younger += count;
    if (younger >= max) return at - nowMs;
  }
  return 0;
}
