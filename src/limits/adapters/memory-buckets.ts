import type { Clock } from '../../shared/clock.js';
import { Buckets, RESERVATION_KEPT_MS, type Take } from '../application/ports.js';
import type { Bucket } from '../domain/bucket.js';
import { dropLeft, leavesAtMs, msUntilRoom, subBucketAt, type SubBuckets } from '../domain/sliding-window.js';
import { ExpiringMap } from './expiring-map.js';
import { toTake } from './to-take.js';

/** Counters of one process, for the embedded mode. Each method runs in one go, which is what makes it atomic here. */
export class MemoryBuckets extends Buckets {
  private readonly windows = new ExpiringMap<SubBuckets>();
  /** Which sub-bucket a reservation was counted in, by counter. */
  private readonly reservations = new ExpiringMap<Map<string, number>>();

  constructor(private readonly clock: Clock) {
    super();
  }

  take(tag: string, reservation: string, buckets: Bucket[]): Promise<Take> {
    const nowMs = this.clock.now();
    const known = this.reservations.get(`${tag}/${reservation}`, nowMs) !== undefined;
    const full = buckets.some((bucket) => this.msUntilRoom(tag, bucket, nowMs) > 0);
    if (!known && !full) this.count(tag, reservation, buckets, nowMs);
    const waitsMs = buckets.map((bucket) => this.msUntilRoom(tag, bucket, nowMs));
    return Promise.resolve(toTake(buckets, { counted: known || !full, waitsMs }));
  }

  look(tag: string, buckets: Bucket[]): Promise<Take> {
    const waitsMs = buckets.map((bucket) => this.msUntilRoom(tag, bucket, this.clock.now()));
    return Promise.resolve(toTake(buckets, { counted: waitsMs.every((waitMs) => waitMs === 0), waitsMs }));
  }

  refund(tag: string, reservation: string, buckets: Bucket[]): Promise<void> {
    const nowMs = this.clock.now();
    const counted = this.reservations.get(`${tag}/${reservation}`, nowMs) ?? new Map<string, number>();
    for (const bucket of buckets) {
      const key = keyOf(tag, bucket);
      const subBucket = counted.get(key);
      if (subBucket !== undefined) takeOneFrom(this.window(key, bucket, nowMs), subBucket);
      counted.delete(key);
    }
    if (counted.size === 0) this.reservations.delete(`${tag}/${reservation}`);
    return Promise.resolve();
  }

  clear(tag: string, buckets: Bucket[]): Promise<void> {
    for (const bucket of buckets) this.windows.delete(keyOf(tag, bucket));
    return Promise.resolve();
  }

  private count(tag: string, reservation: string, buckets: Bucket[], nowMs: number): void {
    const counted = new Map<string, number>();
    for (const bucket of buckets) {
      const key = keyOf(tag, bucket);
      const subBucket = subBucketAt(nowMs, bucket);
      const window = this.window(key, bucket, nowMs);
      window.set(subBucket, (window.get(subBucket) ?? 0) + 1);
      this.windows.set(key, window, { nowMs, expiresAtMs: leavesAtMs(subBucket, bucket) });
      counted.set(key, subBucket);
    }
    this.reservations.set(`${tag}/${reservation}`, counted, { nowMs, expiresAtMs: nowMs + RESERVATION_KEPT_MS });
  }

  private msUntilRoom(tag: string, bucket: Bucket, nowMs: number): number {
    return msUntilRoom(this.window(keyOf(tag, bucket), bucket, nowMs), bucket, nowMs);
  }

  private window(key: string, bucket: Bucket, nowMs: number): SubBuckets {
    const window = this.windows.get(key, nowMs) ?? new Map<number, number>();
    dropLeft(window, bucket, nowMs);
    return window;
  }
}

const keyOf = (tag: string, { rule, key }: Bucket) => `${tag}/${rule}/${key}`;

function takeOneFrom(window: SubBuckets, subBucket: number): void {
  const left = (window.get(subBucket) ?? 0) - 1;
  if (left > 0) window.set(subBucket, left);
  else window.delete(subBucket);
}
