import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Clock } from '../../../shared/clock.js';
import { hitRecord, type HitRecord } from './hit-record.js';

/**
 * Requests per address in one process, for the embedded mode. All addresses share one window, so that everything counted in
 * it is dropped at once: no timer, and never more entries than addresses that called within it.
 */
export class MemoryHits implements ThrottlerStorage {
  private hits = new Map<string, number>();
  private endsAtMs = 0;

  constructor(private readonly clock: Clock) {}

  increment(address: string, ttlMs: number, limit: number): Promise<HitRecord> {
    const nowMs = this.clock.now();
    if (nowMs >= this.endsAtMs) {
      this.hits = new Map();
      this.endsAtMs = nowMs + ttlMs;
    }
    const hits = (this.hits.get(address) ?? 0) + 1;
    this.hits.set(address, hits);
    return Promise.resolve(hitRecord({ hits, leftMs: this.endsAtMs - nowMs, limit }));
  }
}
