import type { Clock } from '../../shared/clock.js';
import type { Breaker, Trip } from '../domain/breaker.js';

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
  /** It was opened, until then; null when it is closed. */
  opened: { until: number; tried: number; right: number; last: number } | null;
}

/** What of a verification was counted. */
export interface Marker {
  by: string | null;
  at: number;
  /** Its number had been counted before. */
  again: boolean;
  /** It was not counted in what is wide. */
  narrow: boolean;
  approved: boolean;
  failed: Map<string, number>;
  right: Set<string>;
}

/** What the detectors know, for the embedded mode: one process, so that each step is atomic. */
export class MemoryBreakers {
  readonly markers = new Map<string, Marker>();
  readonly numbers = new Map<string, Map<string, { at: number; by: string }>>();
  readonly approvedBlocks = new Map<string, number>();
  readonly trips = new Map<string, Map<string, Trip>>();
  readonly longerUntil = new Map<string, number>();
  private readonly breakers = new Map<string, HeldBreaker>();

  constructor(readonly clock: Clock) {}

  get now(): number {
    return this.clock.now();
  }

  /** The breaker as it is held; a new one where nothing is known. */
  held(applicationId: string, { name }: Pick<Breaker, 'name'>): HeldBreaker {
    const key = `${applicationId}/${name}`;
    const held = this.breakers.get(key) ?? emptyBreaker();
    keep(this.breakers, key, held);
    return held;
  }

  forget(applicationId: string, name: string): void {
    this.breakers.delete(`${applicationId}/${name}`);
  }

  marker(applicationId: string, verificationId: string): Marker {
    const key = `${applicationId}/${verificationId}`;
    const marker = this.markers.get(key) ?? newMarker();
    keep(this.markers, key, marker);
    return marker;
  }

  trip(applicationId: string, breaker: Breaker, figures: Pick<Trip, 'counted' | 'good'>): Trip {
    const since = this.now;
    const trip = { name: breaker.name, since, until: since + breaker.blockMs, ...figures };
    const held = this.held(applicationId, breaker);
    Object.assign(held, { since, opened: { until: trip.until, tried: 0, right: 0, last: 0 } });
    this.tripsOf(applicationId).set(trip.name, trip);
    return trip;
  }

  tripsOf(applicationId: string): Map<string, Trip> {
    const trips = this.trips.get(applicationId) ?? new Map<string, Trip>();
    this.trips.set(applicationId, trips);
    return trips;
  }
}

/** A process that tries things out stays small; what falls out is counted anew. */
const MOST = 50_000;

/** Puts an entry at the end of a map, whose first is the one that was not asked for longest: it goes when there are too many. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}

const newMarker = (): Marker => ({
  ...{ by: null, at: 0, again: false, narrow: false, approved: false },
  failed: new Map(),
  right: new Set(),
});

const emptyBreaker = (): HeldBreaker => ({
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
