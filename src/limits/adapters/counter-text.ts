import type { Bucket, Counter } from '../domain/bucket.js';
import { keepsActs, seriesOf, widthMsOf } from '../domain/sliding-window.js';

/** Rules do not change often, so that each of their texts is written once. What has weight is written for each act. */
const texts = new WeakMap<readonly Bucket[], Map<string, string>>();

/** A counter as the scripts read it; window.lua and count-act.lua say what is in it. */
export function counterText({ kind, buckets, counts, needsRoom }: Counter): string {
  const known = texts.get(buckets) ?? new Map<string, string>();
  texts.set(buckets, known);
  const asked = `${counts}/${needsRoom}`;
  const text = known.get(asked) ?? write({ kind, buckets, counts, needsRoom });
  known.set(asked, text);
  return text;
}

function write({ kind, buckets, counts, needsRoom }: Omit<Counter, 'key'>): string {
  const counting = buckets.filter(({ mark }) => counts.includes(mark));
  return JSON.stringify({
    kind,
    counts: counts !== '',
    marks: marksOf(counting.filter(keepsActs)),
    adds: marksOf(counting.filter((bucket) => !keepsActs(bucket))),
    buckets: buckets.map((bucket) => ({
      mark: bucket.mark,
      series: seriesOf(bucket),
      width: widthMsOf(bucket),
      window: bucket.windowMs,
      max: bucket.max,
      weight: bucket.weight ?? 1,
      asked: (counts + needsRoom).includes(bucket.mark),
      counts: counts.includes(bucket.mark),
      ...(bucket.shadow && { shadow: shadowMark(bucket) }),
    })),
  });
}

const marksOf = (buckets: readonly Bucket[]) => [...new Set(buckets.map(({ mark }) => mark))].join('');

/** What a shadow leaves on what it would have refused. No small letters, which are marks. */
const shadowMark = ({ rule }: Bucket) => `/${rule.toUpperCase()}/`;
