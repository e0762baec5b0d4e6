import type { Clock } from '../../shared/clock.js';
import { Counters, type Take } from '../application/ports.js';
import type { Bucket, Counter } from '../domain/bucket.js';
import { RESERVATION_KEPT_MS, msUntilRoom } from '../domain/sliding-window.js';
import { ExpiringMap } from './expiring-map.js';
import { MemoryCounter, type Added } from './memory-counter.js';
import { toTake, type Found } from './to-take.js';

/** What an act was added to, and the shadow rules that would have refused it. */
interface Note {
  added: { key: string; what: Added }[];
  shadowed: ReadonlySet<string>;
}

/** Counters of one process, for the embedded mode. Each method runs in one go, which is what makes it atomic here. */
export class MemoryCounters extends Counters {
  private readonly held = new ExpiringMap<MemoryCounter>();
  private readonly acts = new ExpiringMap<Note>();

  constructor(private readonly clock: Clock) {
    super();
  }

  take(tag: string, act: string, counters: Counter[]): Promise<Take> {
    const nowMs = this.clock.now();
    const before = this.find(tag, counters, nowMs);
    const full = before.filter(({ waitMs }) => waitMs > 0);
    const refused = full.some(({ bucket }) => !bucket.shadow);
    const known = this.acts.get(`${tag}/${act}`, nowMs);
    const shadowed = known?.shadowed ?? new Set(full.map(({ bucket }) => bucket.rule));
    if (!known && !refused) this.count(tag, act, counters, { nowMs, shadowed });
    else this.keepForRules(tag, counters, nowMs);
    const found = this.find(tag, counters, nowMs).map(({ bucket, used, waitMs }) => ({
      used,
      waitMs: bucket.shadow ? Number(shadowed.has(bucket.rule)) : waitMs,
    }));
    return Promise.resolve(toTake(counters, { counted: known !== undefined || !refused, found }));
  }

  look(tag: string, counters: Counter[]): Promise<Take> {
    const found = this.find(tag, counters, this.clock.now());
    return Promise.resolve(toTake(counters, { counted: !found.some(isInTheWay), found }));
  }

  refund(tag: string, act: string, counters: Counter[], clearing = ''): Promise<void> {
    const nowMs = this.clock.now();
    const note = this.acts.get(`${tag}/${act}`, nowMs);
    for (const { key } of counters) {
      const held = this.held.get(`${tag}/${key}`, nowMs);
      held?.clear(clearing);
      for (const added of note?.added ?? []) if (added.key === key) held?.takeOff(added.what);
    }
    this.acts.delete(`${tag}/${act}`);
    return Promise.resolve();
  }

  clear(tag: string, marks: string, counters: Counter[]): Promise<void> {
    return this.refund(tag, '', counters, marks);
  }

  raise(tag: string, { key, buckets }: Counter, bucket: Bucket, least: ReadonlyMap<number, number>): Promise<void> {
    const nowMs = this.clock.now();
    const held = this.held.get(`${tag}/${key}`, nowMs) ?? new MemoryCounter();
    held.raise(bucket, least);
    this.held.set(`${tag}/${key}`, held, { nowMs, expiresAtMs: held.dropOld(buckets, nowMs) });
    return Promise.resolve();
  }

  private count(
    tag: string,
    act: string,
    counters: Counter[],
    { nowMs, shadowed }: { nowMs: number; shadowed: ReadonlySet<string> },
  ): void {
    const added: Note['added'] = [];
    for (const { key, buckets, counts } of counters.filter((counter) => counter.counts !== '')) {
      const held = this.held.get(`${tag}/${key}`, nowMs) ?? new MemoryCounter();
      const counting = buckets.filter(({ mark }) => counts.includes(mark));
      for (const what of held.add(counting, { nowMs, shadowed })) added.push({ key, what });
      this.held.set(`${tag}/${key}`, held, { nowMs, expiresAtMs: held.dropOld(buckets, nowMs) });
    }
    this.acts.set(`${tag}/${act}`, { added, shadowed }, { nowMs, expiresAtMs: nowMs + RESERVATION_KEPT_MS });
  }

  /** What is there lasts as long as the rules of today look back, refused or not. */
  private keepForRules(tag: string, counters: Counter[], nowMs: number): void {
    for (const { key, buckets } of counters) {
      const held = this.held.get(`${tag}/${key}`, nowMs);
      if (held) this.held.set(`${tag}/${key}`, held, { nowMs, expiresAtMs: held.dropOld(buckets, nowMs) });
    }
  }

  /** For each bucket of each counter; those that are not asked for have room. */
  private find(tag: string, counters: Counter[], nowMs: number): (Found & { bucket: Bucket })[] {
    return counters.flatMap(({ key, buckets, counts, needsRoom }) => {
      const counter = this.held.get(`${tag}/${key}`, nowMs) ?? new MemoryCounter();
      return buckets.map((bucket) => {
        const held = counter.heldBy(bucket, nowMs);
        const asked = (counts + needsRoom).includes(bucket.mark);
        const used = held.reduce((sum, { count }) => sum + count, 0);
        return { bucket, used, waitMs: asked ? msUntilRoom(held, bucket, nowMs) : 0 };
      });
    });
  }
}

const isInTheWay = ({ bucket, waitMs }: Found & { bucket: Bucket }) => waitMs > 0 && !bucket.shadow;
