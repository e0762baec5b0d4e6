import type { Clock } from '../../shared/clock.js';
import { Counters, type Take } from '../application/ports.js';
import type { Bucket, Counter } from '../domain/bucket.js';
import { leavesAtMs, msUntilRoom, RESERVATION_KEPT_MS, subBucketAt } from '../domain/sliding-window.js';
import { ExpiringMap } from './expiring-map.js';
import { toTake } from './to-take.js';

/** How often each sub-bucket was counted, by its number since the epoch. */
type SubBuckets = Map<number, number>;

/** Counters of one process, for the embedded mode. Each method runs in one go, which is what makes it atomic here. */
export class MemoryCounters extends Counters {
  private readonly windows = new ExpiringMap<SubBuckets>();
  /** When an act was counted. */
  private readonly acts = new ExpiringMap<number>();

  constructor(private readonly clock: Clock) {
    super();
  }

  take(tag: string, act: string, counters: Counter[]): Promise<Take> {
    const nowMs = this.clock.now();
    const known = this.acts.get(`${tag}/${act}`, nowMs) !== undefined;
    const full = this.waitsMs(tag, counters, nowMs).some((waitMs) => waitMs > 0);
    if (!known && !full) this.count(tag, act, counters, nowMs);
    return Promise.resolve(toTake(counters, { counted: known || !full, waitsMs: this.waitsMs(tag, counters, nowMs) }));
  }

  look(tag: string, counters: Counter[]): Promise<Take> {
    const waitsMs = this.waitsMs(tag, counters, this.clock.now());
    return Promise.resolve(toTake(counters, { counted: waitsMs.every((waitMs) => waitMs === 0), waitsMs }));
  }

  refund(tag: string, act: string, counters: Counter[], clearing = ''): Promise<void> {
    const nowMs = this.clock.now();
    const atMs = this.acts.get(`${tag}/${act}`, nowMs);
    for (const counter of counters) {
      for (const bucket of counter.buckets) {
        const key = keyOf(tag, counter, bucket);
        if (clearing.includes(bucket.mark)) this.windows.delete(key);
        const window = counter.counts.includes(bucket.mark) ? this.windows.get(key, nowMs) : undefined;
        if (window && atMs !== undefined) takeOneFrom(window, subBucketAt(atMs, bucket));
      }
    }
    this.acts.delete(`${tag}/${act}`);
    return Promise.resolve();
  }

  clear(tag: string, marks: string, counters: Counter[]): Promise<void> {
    return this.refund(tag, '', counters, marks);
  }

  private count(tag: string, act: string, counters: Counter[], nowMs: number): void {
    for (const counter of counters) {
      for (const bucket of counter.buckets.filter(({ mark }) => counter.counts.includes(mark))) {
        const key = keyOf(tag, counter, bucket);
        const subBucket = subBucketAt(nowMs, bucket);
        const window = this.windows.get(key, nowMs) ?? new Map<number, number>();
        for (const number of window.keys()) if (leavesAtMs(number, bucket) <= nowMs) window.delete(number);
        window.set(subBucket, (window.get(subBucket) ?? 0) + 1);
        this.windows.set(key, window, { nowMs, expiresAtMs: leavesAtMs(subBucket, bucket) });
      }
    }
    this.acts.set(`${tag}/${act}`, nowMs, { nowMs, expiresAtMs: nowMs + RESERVATION_KEPT_MS });
  }

  /** For each bucket of each counter; 0 for those that are not asked for. */
  private waitsMs(tag: string, counters: Counter[], nowMs: number): number[] {
    return counters.flatMap((counter) =>
      counter.buckets.map((bucket) => {
        if (!(counter.counts + counter.needsRoom).includes(bucket.mark)) return 0;
        const window = this.windows.get(keyOf(tag, counter, bucket), nowMs) ?? [];
        const held = [...window].map(([number, count]) => ({ leavesAtMs: leavesAtMs(number, bucket), count }));
        return msUntilRoom(held, bucket, nowMs);
      }),
    );
  }
}

const keyOf = (tag: string, { key }: Counter, { rule }: Bucket) => `${tag}/${key}/${rule}`;

function takeOneFrom(window: SubBuckets, subBucket: number): void {
  const left = (window.get(subBucket) ?? 0) - 1;
  if (left > 0) window.set(subBucket, left);
  else window.delete(subBucket);
}
