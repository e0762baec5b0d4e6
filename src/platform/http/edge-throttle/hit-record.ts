import type { ThrottlerStorage } from '@nestjs/throttler';

/** What the throttler wants to know of a request; its times are in seconds. */
export type HitRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** An address above the limit is refused until its window ends, however often it tries: there is no block on top. */
export function hitRecord({ hits, leftMs, limit }: { hits: number; leftMs: number; limit: number }): HitRecord {
  const leftSeconds = Math.ceil(leftMs / 1_000);
  const isBlocked = hits > limit;
  return { totalHits: hits, timeToExpire: leftSeconds, isBlocked, timeToBlockExpire: isBlocked ? leftSeconds : 0 };
}
