import type { Level, Take } from '../application/ports.js';
import type { Bucket, Counter } from '../domain/bucket.js';

/** What a store found of one bucket. */
export interface Found {
  /** What it holds now. */
  used: number;
  /** Until there is room again, 0 where there is. Of a shadow: not 0 where it would have refused. */
  waitMs: number;
}

/** @param counted whether the act was counted, now or before, or would be. @param found for each bucket of each counter. */
export function toTake(counters: Counter[], { counted, found }: { counted: boolean; found: Found[] }): Take {
  const buckets = counters.flatMap((counter) => counter.buckets.map((bucket) => ({ counter, bucket })));
  const all = buckets.map(({ counter, bucket }, i) => ({ counter, bucket, ...(found[i] ?? { used: 0, waitMs: 0 }) }));
  const full = all.filter(({ waitMs }) => waitMs > 0);
  const enforced = full.filter(({ bucket }) => !bucket.shadow);
  return {
    kind: counted ? 'taken' : 'refused',
    fullForMs: Object.fromEntries(enforced.map(({ bucket, waitMs }) => [bucket.rule, waitMs])),
    shadowed: full.filter(({ bucket }) => bucket.shadow).map(({ bucket }) => bucket.rule),
    levels: Object.fromEntries(all.filter(weighs).map(({ bucket, used }) => [bucket.rule, levelOf(bucket, used)])),
  };
}

const weighs = ({ bucket }: { bucket: Bucket }) => bucket.weight !== undefined;

const levelOf = ({ max }: Bucket, used: number): Level => ({ used, max });
