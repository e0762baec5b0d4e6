import type { Take } from '../application/ports.js';
import type { Counter } from '../domain/bucket.js';

/** What a store found: whether it counted, and for each bucket of each counter how long it has no room, 0 where it has. */
export interface Finding {
  counted: boolean;
  waitsMs: number[];
}

/** Gives a store's numbers back as the names of rules. */
export function toTake(counters: Counter[], { counted, waitsMs }: Finding): Take {
  const buckets = counters.flatMap((counter) => counter.buckets);
  const full = buckets.flatMap(({ rule }, i) => (waitsMs[i] ? [{ rule, waitMs: waitsMs[i] }] : []));
  return counted
    ? { kind: 'taken', fullForMs: Object.fromEntries(full.map(({ rule, waitMs }) => [rule, waitMs])) }
    : { kind: 'refused', rules: full.map(({ rule }) => rule), retryAfterMs: Math.max(...full.map((f) => f.waitMs)) };
}
