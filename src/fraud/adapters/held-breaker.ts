/** What is held of a breaker; as on Redis, see fraud-keys.ts. */
export interface HeldBreaker {
  /** Sends, and the approvals of those very sends, by sub-bucket. */
  sends: Map<number, number>;
  approvals: Map<number, number>;
  /** Approvals by hour. */
  days: Map<number, number>;
  failed: Map<number, number>;
  good: Map<number, number>;
  since: number;
  /** It is tripped, and until when; null when it is not. `places`: when one of each was let through to try it. */
  opened: { until: number; tried: number; right: number; last: number; places: Map<string, number> } | null;
}

/** What of a verification was counted. */
export interface Marker {
  by: string | null;
  at: number;
  /** Its number had been counted before. */
  again: boolean;
  /** It is the one that its number was counted for, which is noted in the block. */
  first: boolean;
  /** It was not counted in what is wide. */
  narrow: boolean;
  approved: boolean;
  failed: Map<string, number>;
  right: Set<string>;
}

export const newMarker = (): Marker => ({
  ...{ by: null, at: 0, again: false, first: false, narrow: false, approved: false },
  failed: new Map(),
  right: new Set(),
});

export const emptyBreaker = (): HeldBreaker => ({
  sends: new Map(),
  approvals: new Map(),
  days: new Map(),
  failed: new Map(),
  good: new Map(),
  since: 0,
  opened: null,
});

export function add(counts: Map<number, number>, bucket: number, by: 1 | -1 = 1): void {
  counts.set(bucket, Math.max(0, (counts.get(bucket) ?? 0) + by));
}

/** The sum of what `isCounted` says, of what is younger than `keptMs`; the rest is dropped. */
export function sumOf(
  counts: Map<number, number>,
  { now, widthMs, keptMs }: { now: number; widthMs: number; keptMs: number },
  isCounted: (from: number) => boolean = () => true,
): number {
  let sum = 0;
  for (const [bucket, count] of counts) {
    const from = bucket * widthMs;
    if (from + widthMs + keptMs <= now) counts.delete(bucket);
    else if (isCounted(from)) sum += count;
  }
  return sum;
}
