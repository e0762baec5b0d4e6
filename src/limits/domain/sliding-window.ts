import type { Bucket } from './bucket.js';

/** How often each sub-bucket was counted, by its number since the epoch. Only those in use are there. */
export type SubBuckets = Map<number, number>;

/** About as many sub-buckets as a counter ever has in use, whatever its maximum. */
const FINEST = 60;

/**
 * The width of a sub-bucket: a small counter is kept to the millisecond, since it has no more sub-buckets in use than its
 * maximum; a large one in sixtieths of its window, so that it stays small.
 */
export function widthMsOf({ max, windowMs }: Bucket): number {
  return max <= FINEST ? 1 : Math.ceil(windowMs / FINEST);
}

/** The sub-bucket that a moment belongs to. */
export const subBucketAt = (nowMs: number, bucket: Bucket): number => Math.floor(nowMs / widthMsOf(bucket));

/**
 * When a sub-bucket stops counting: when its last moment has left the window. Until then it counts whole, so that no window
 * of any position holds more than the maximum (R43), at the price of refusing up to one sub-bucket's width too long.
 */
export const leavesAtMs = (subBucket: number, bucket: Bucket): number =>
  (subBucket + 1) * widthMsOf(bucket) + bucket.windowMs;

/** Removes what no longer counts. */
export function dropLeft(counted: SubBuckets, bucket: Bucket, nowMs: number): void {
  for (const subBucket of counted.keys()) if (leavesAtMs(subBucket, bucket) <= nowMs) counted.delete(subBucket);
}

/** Milliseconds until one more fits, 0 when it does: full until the sub-bucket with the `max`-th youngest count has left. */
export function msUntilRoom(counted: SubBuckets, bucket: Bucket, nowMs: number): number {
  let younger = 0;
  for (const [subBucket, count] of [...counted].sort(([a], [b]) => b - a)) {
    younger += count;
    if (younger >= bucket.max) return leavesAtMs(subBucket, bucket) - nowMs;
  }
  return 0;
}
