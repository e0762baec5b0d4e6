import type { RedisConnection } from '../../redis/connection.js';
import { Script } from '../../redis/script.js';
import { NameWindows, type NameWindow } from './name-windows.js';
import { hitRecord, Hits, type HitRecord } from './hits.js';

const countHits = new Script(new URL('./scripts/count-hits.lua', import.meta.url));

const TELL_EVERY_MS = 100;
/** While Redis is away there is no use in asking it with every breath. */
const REST_MS = 1_000;

/**
 * Requests over all nodes. A request is judged at once by what this process knows; ten times a second it tells
 * Redis what is new, and learns what the others have seen. So a flood is stopped a tenth of a second (and a trip) late, by
 * however many nodes it comes in: it gets through what it sends in that time. That is no matter for a ceiling, and would be
 * for a quota. While Redis is away each process goes on by its own count; it is the limits behind it that refuse then (R51).
 */
export class RedisHits extends Hits {
  private readonly windows = new NameWindows();
  private untold: NameWindow[] = [];
  private telling = false;

  constructor(
    private readonly redis: RedisConnection,
    /** Milliseconds that only go forward: windows must not stand still when a clock is set back. */
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  increment(name: string, windowMs: number, limit: number): Promise<HitRecord> {
    const nowMs = this.now();
    const window = this.windows.at(name, nowMs, windowMs);
    window.hits += 1;
    window.untold += 1;
    if (window.untold === 1) this.untold.push(window);
    this.tellIn(TELL_EVERY_MS);
    return Promise.resolve(hitRecord({ hits: window.hits, leftMs: window.endsAtMs - nowMs, limit }));
  }

  look(name: string, windowMs: number, limit: number): HitRecord {
    const nowMs = this.now();
    const { hits, endsAtMs } = this.windows.at(name, nowMs, windowMs);
    return hitRecord({ hits, leftMs: endsAtMs - nowMs, limit });
  }

  /** One timer for all names, and only while there is something to tell. */
  private tellIn(ms: number): void {
    if (this.telling || this.untold.length === 0) return;
    this.telling = true;
    setTimeout(() => void this.tell(), ms).unref();
  }

  private async tell(): Promise<void> {
    const news = this.untold;
    this.untold = [];
    const told = await Promise.allSettled(news.map((window) => this.tellOf(window)));
    this.telling = false;
    this.tellIn(told.some(({ status }) => status === 'rejected') ? REST_MS : TELL_EVERY_MS);
  }

  private async tellOf(window: NameWindow): Promise<void> {
    const { name, untold, lengthMs } = window;
    window.untold = 0;
    const reply = await countHits.run(this.redis, [`${this.redis.prefix}edge:${name}`], [untold, lengthMs]);
    const [hits, leftMs] = reply as [number, number];
    window.hits = hits + window.untold;
    window.endsAtMs = this.now() + leftMs;
  }
}
