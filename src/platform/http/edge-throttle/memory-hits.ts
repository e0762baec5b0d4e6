import type { Clock } from '../../../shared/clock.js';
import { NameWindows, type NameWindow } from './name-windows.js';
import { hitRecord, Hits, type HitRecord } from './hits.js';

/** Requests in one process, for the embedded mode: no timer, and never more entries than names that called within two windows. */
export class MemoryHits extends Hits {
  private readonly windows = new NameWindows();

  constructor(private readonly clock: Clock) {
    super();
  }

  increment(name: string, windowMs: number, limit: number): Promise<HitRecord> {
    const window = this.windowOf(name, windowMs);
    window.hits += 1;
    return Promise.resolve(this.recordOf(window, limit));
  }

  look(name: string, windowMs: number, limit: number): HitRecord {
    return this.recordOf(this.windowOf(name, windowMs), limit);
  }

  private windowOf(name: string, windowMs: number): NameWindow {
    return this.windows.at(name, this.clock.now(), windowMs);
  }

  private recordOf({ hits, endsAtMs }: NameWindow, limit: number): HitRecord {
    return hitRecord({ hits, leftMs: endsAtMs - this.clock.now(), limit });
  }
}
