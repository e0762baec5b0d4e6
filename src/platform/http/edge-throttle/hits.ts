import type { ThrottlerStorage } from '@nestjs/throttler';

/** What the throttler wants to know of a request; its times are in seconds. */
export type HitRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Requests per name (an address, an API key) in windows that begin with the first and end on time, however many follow. */
export abstract class Hits implements ThrottlerStorage {
  /** Counts one, and says whether it is above the limit. Never waits for another process. */
  abstract increment(name: string, windowMs: number, limit: number): Promise<HitRecord>;

  /** What `increment` knows by now, without counting. */
  abstract look(name: string, windowMs: number, limit: number): HitRecord;
}

/** A name above the limit is refused until its window ends, however often it tries: there is no block on top. */
export function hitRecord({ hits, leftMs, limit }: { hits: number; leftMs: number; limit: number }): HitRecord {
  const leftSeconds = Math.ceil(leftMs / 1_000);
  const isBlocked = hits > limit;
  return { totalHits: hits, timeToExpire: leftSeconds, isBlocked, timeToBlockExpire: isBlocked ? leftSeconds : 0 };
}
