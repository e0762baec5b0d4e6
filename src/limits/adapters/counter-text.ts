import type { Bucket, Counter } from '../domain/bucket.js';
import { keepsActs, widthMsOf } from '../domain/sliding-window.js';

/** Rules are few and do not change, so that each of their texts is written once. */
const texts = new WeakMap<readonly Bucket[], Map<string, string>>();

/** A counter as the scripts read it; the headers of count-act.lua and forget-acts.lua say what is in it. */
export function counterText({ buckets, counts, needsRoom }: Counter): string {
  const known = texts.get(buckets) ?? new Map<string, string>();
  texts.set(buckets, known);
  const asked = `${counts}/${needsRoom}`;
  const text = known.get(asked) ?? write({ buckets, counts, needsRoom });
  known.set(asked, text);
  return text;
}

function write({ buckets, counts, needsRoom }: Omit<Counter, 'key'>): string {
  const kept = buckets.filter((bucket) => keepsActs(bucket) && counts.includes(bucket.mark)).map(({ mark }) => mark);
  return JSON.stringify({
    marks: [...new Set(kept)].join(''),
    buckets: buckets.map((bucket) => ({
      kind: bucket.mark,
      ...(keepsActs(bucket) ? { mark: bucket.mark } : { field: `${bucket.rule}/${String(widthMsOf(bucket))}` }),
      max: bucket.max,
      window: bucket.windowMs,
      width: widthMsOf(bucket),
      asked: (counts + needsRoom).includes(bucket.mark),
      counts: counts.includes(bucket.mark),
    })),
  });
}
