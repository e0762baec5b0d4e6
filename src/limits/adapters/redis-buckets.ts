import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import { Script } from '../../platform/redis/script.js';
import { Buckets, RESERVATION_KEPT_MS, type Take } from '../application/ports.js';
import type { Bucket } from '../domain/bucket.js';
import { widthMsOf } from '../domain/sliding-window.js';
import { toTake } from './to-take.js';

const takeBuckets = new Script(new URL('./scripts/take-buckets.lua', import.meta.url));
const refundBuckets = new Script(new URL('./scripts/refund-buckets.lua', import.meta.url));
const clearBuckets = new Script(new URL('./scripts/clear-buckets.lua', import.meta.url));

/** Counters that all nodes share. Each decision is one script, and time is Redis's own. */
export class RedisBuckets extends Buckets {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  take(tag: string, reservation: string, buckets: Bucket[]): Promise<Take> {
    return this.decide(tag, { reservation, keptMs: RESERVATION_KEPT_MS }, buckets);
  }

  look(tag: string, buckets: Bucket[]): Promise<Take> {
    return this.decide(tag, { reservation: '', keptMs: 0 }, buckets);
  }

  async refund(tag: string, reservation: string, buckets: Bucket[]): Promise<void> {
    const keys = [this.markerKey(tag, reservation), ...this.bucketKeys(tag, buckets)];
    const rules = buckets.map(({ rule }) => rule);
    await refundBuckets.run(this.redis, keys, rules);
  }

  async clear(tag: string, buckets: Bucket[]): Promise<void> {
    await clearBuckets.run(this.redis, this.bucketKeys(tag, buckets), []);
  }

  private async decide(tag: string, as: { reservation: string; keptMs: number }, buckets: Bucket[]): Promise<Take> {
    const keys = [this.markerKey(tag, as.reservation), ...this.bucketKeys(tag, buckets)];
    const args = buckets.flatMap((bucket) => [bucket.rule, bucket.max, bucket.windowMs, widthMsOf(bucket)]);
    const reply = await takeBuckets.run(this.redis, keys, [this.clock.offsetMs, as.keptMs, ...args]);
    const [counted, ...waitsMs] = reply as [0 | 1, ...number[]];
    return toTake(buckets, { counted: counted === 1, waitsMs });
  }

  /** The width stands in the key: should a rule's window change, old and new sub-buckets must not be mistaken for each other. */
  private bucketKeys(tag: string, buckets: Bucket[]): string[] {
    return buckets.map((bucket) => this.key(tag, `${bucket.rule}/${String(widthMsOf(bucket))}:${bucket.key}`));
  }

  private markerKey(tag: string, reservation: string): string {
    return this.key(tag, `taken:${reservation}`);
  }

  private key(tag: string, name: string): string {
    return `${this.redis.prefix}limits:{${tag}}:${name}`;
  }
}
