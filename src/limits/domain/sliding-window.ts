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
 * a bucket that would hold too many of them within its window, or while reservations are remembered, nor for one that weighs.
 */
export const keepsActs = ({ max, windowMs, weight }: Bucket): boolean =>
  weight === undefined && max * Math.ceil(Math.max(windowMs, RESERVATION_KEPT_MS) / windowMs) <= MOST_ACTS;

/** The width of a sub-bucket: a bucket too large to keep its acts counts them in sixtieths of its window, so that it stays small. */
export const widthMsOf = (bucket: Bucket): number => (keepsActs(bucket) ? 1 : Math.ceil(bucket.windowMs / FINEST));

/**
 * The series that a bucket's acts are counted in, by their mark and its width: `s`, the acts themselves, or `s/60000`, so many
 * in each minute. Buckets of one thing share it. One whose numbers change may need another series: it counts in that from then
 * on, and whatever the thing's other series of the same mark know of the time before stands in for it. Where several know the
 * same act, it counts more than once until it leaves: a change may refuse too much for as long as one window, never too little.
 */
export const seriesOf = (bucket: Bucket): string =>
  keepsActs(bucket) ? bucket.mark : `${bucket.mark}/${String(widthMsOf(bucket))}`;

/** The sub-bucket that a moment belongs to. */
export const subBucketAt = (nowMs: number, bucket: Bucket): number => Math.floor(nowMs / widthMsOf(bucket));

/**
 * Milliseconds until the act fits, 0 when it does: full until what is in the way has left. For one that weighs more than fits
 * at all, the whole window.
 */
export function msUntilRoom(held: Held[], { max, weight = 1, windowMs }: Bucket, nowMs: number): number {
  if (weight > max) return windowMs;
  let younger = 0;
  for (const { leavesAtMs: at, count } of [...held].sort((a, b) => b.leavesAtMs - a.leavesAtMs)) {
    if (at <= nowMs) return 0;
    younger += count;
    if (younger + weight > max) return at - nowMs;
  }
  return 0;
}
