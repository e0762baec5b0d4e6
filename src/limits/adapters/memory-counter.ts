import type { Bucket } from '../domain/bucket.js';
import { RESERVATION_KEPT_MS, seriesOf, subBucketAt, widthMsOf, type Held } from '../domain/sliding-window.js';

/** Of one sub-bucket: what was counted, and how much of that each shadow rule would have refused. */
interface Counted {
  count: number;
  refused: Map<string, number>;
}

/** Acts of one mark, counted in sub-buckets of one width. */
interface Series {
  mark: string;
  widthMs: number;
  /** What is older was counted by other series of the mark, where there are any. */
  sinceMs: number;
  subBuckets: Map<number, Counted>;
}

/** What an act was added to. */
export interface Added {
  series: string;
  subBucket: number;
  weight: number;
  /** Shadow rules of that series that would have refused it. */
  refusedBy: string[];
}

/** One thing's acts in series; sliding-window.ts says which bucket counts in which, and what a change of rules keeps. */
export class MemoryCounter {
  private readonly series = new Map<string, Series>();

  /** Counts an act once in each series of the buckets. */
  add(counting: readonly Bucket[], { nowMs, shadowed }: { nowMs: number; shadowed: ReadonlySet<string> }): Added[] {
    const added = new Map<string, Added>();
    for (const [bucket, series] of this.seriesFor(counting, nowMs)) {
      const { rule, weight = 1 } = bucket;
      const subBucket = subBucketAt(nowMs, bucket);
      const counted = series.subBuckets.get(subBucket) ?? { count: 0, refused: new Map<string, number>() };
      series.subBuckets.set(subBucket, counted);
      const name = seriesOf(bucket);
      const what = added.get(name) ?? { series: name, subBucket, weight, refusedBy: [] };
      if (!added.has(name)) counted.count += weight;
      added.set(name, what);
      if (!shadowed.has(rule)) continue;
      what.refusedBy.push(rule);
      raise(counted.refused, rule, weight);
    }
    return [...added.values()];
  }

  /** Sub-buckets of a bucket's series hold at least so much then, by their numbers. */
  raise(bucket: Bucket, least: ReadonlyMap<number, number>): void {
    const empty = { mark: bucket.mark, widthMs: widthMsOf(bucket), sinceMs: 0, subBuckets: new Map() };
    const series: Series = this.series.get(seriesOf(bucket)) ?? empty;
    this.series.set(seriesOf(bucket), series);
    for (const [number, weight] of least) {
      const counted = series.subBuckets.get(number) ?? { count: 0, refused: new Map<string, number>() };
      series.subBuckets.set(number, { ...counted, count: Math.max(counted.count, weight) });
    }
  }

  /** What is gone by itself can not be taken off. */
  takeOff({ series: name, subBucket, weight, refusedBy }: Added): void {
    const counted = this.series.get(name)?.subBuckets.get(subBucket);
    if (!counted) return;
    counted.count -= weight;
    for (const rule of refusedBy) raise(counted.refused, rule, -weight);
  }

  /**
   * What counts in a bucket: its series, and of the time before that began, the others of its mark. A sub-bucket counts whole until
   * its last moment has left the window, so that no window of any position holds more than the maximum (R43), at the price of
   * refusing up to one sub-bucket's width too long.
   */
  heldBy(bucket: Bucket, nowMs: number): Held[] {
    const since = this.sinceOf(bucket, nowMs);
    const own = seriesOf(bucket);
    const held: Held[] = [];
    // One pass and nothing made for what has left: a simulation asks this half a million times.
    for (const [name, { mark, widthMs, subBuckets }] of this.series) {
      if (mark !== bucket.mark) continue;
      for (const [number, { count, refused }] of subBuckets) {
        const leavesAtMs = (number + 1) * widthMs + bucket.windowMs;
        if (leavesAtMs <= nowMs || (name !== own && number * widthMs > since)) continue;
        held.push({ leavesAtMs, count: count - (bucket.shadow ? (refused.get(bucket.rule) ?? 0) : 0) });
      }
    }
    return held;
  }

  /** Forgets acts of these marks. */
  clear(marks: string): void {
    for (const [name, { mark }] of this.series) if (marks.includes(mark)) this.series.delete(name);
  }

  /**
   * Forgets what matters to no bucket any more, and ends a series that no bucket counts in: it begins anew if one does again.
   *
   * @returns until when anything that is left matters.
   */
  dropOld(buckets: readonly Bucket[], nowMs: number): number {
    let lastMs = nowMs;
    for (const [name, series] of this.series) {
      const ofMark = buckets.filter(({ mark }) => mark === series.mark);
      const counting = ofMark.filter((bucket) => seriesOf(bucket) === name);
      if (counting.length === 0) series.sinceMs = Infinity;
      // What nothing counts in here may still be counted in by other nodes, for the seconds in which they disagree.
      const lastsMs = longestOf(counting.length > 0 ? counting : ofMark);
      const keptMs = series.widthMs === 1 ? Math.max(lastsMs, RESERVATION_KEPT_MS) : lastsMs;
      const dated = ofMark
        .filter((bucket) => !counting.includes(bucket))
        .map((other) => ({ other, sinceMs: this.sinceOf(other, nowMs) }));
      const younger = dated.filter(({ sinceMs }) => sinceMs > 0);
      for (const number of series.subBuckets.keys()) {
        const beganMs = number * series.widthMs;
        const standsInFor = younger.filter(({ sinceMs }) => beganMs <= sinceMs).map(({ other }) => other);
        const leavesMs = beganMs + series.widthMs + Math.max(keptMs, longestOf(standsInFor));
        if (leavesMs <= nowMs) series.subBuckets.delete(number);
        lastMs = Math.max(lastMs, leavesMs);
      }
      if (series.subBuckets.size === 0) this.series.delete(name);
    }
    return lastMs;
  }

  /** Each bucket's series, made where it is missing: it begins now where others know the time before, else it knows all. */
  private seriesFor(buckets: readonly Bucket[], nowMs: number): [Bucket, Series][] {
    const dated = buckets.map((bucket) => [bucket, this.sinceOf(bucket, nowMs)] as const);
    return dated.map(([bucket, sinceMs]) => {
      const name = seriesOf(bucket);
      const known = this.series.get(name);
      const series = known ?? { mark: bucket.mark, widthMs: widthMsOf(bucket), sinceMs, subBuckets: new Map() };
      series.sinceMs = sinceMs;
      this.series.set(name, series);
      return [bucket, series];
    });
  }

  private sinceOf(bucket: Bucket, nowMs: number): number {
    const own = this.series.get(seriesOf(bucket));
    if (own && own.sinceMs !== Infinity) return own.sinceMs;
    return [...this.series.values()].some(({ mark }) => mark === bucket.mark) ? nowMs : 0;
  }
}

const longestOf = (buckets: readonly Bucket[]): number =>
  buckets.reduce((most, { windowMs }) => Math.max(most, windowMs), 0);

function raise(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
