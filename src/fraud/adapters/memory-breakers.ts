import type { Clock } from '../../shared/clock.js';
import { isOver, MOST_TRIPS, type Breaker, type Trip } from '../domain/breaker.js';
import { emptyBreaker, newMarker, type HeldBreaker, type Marker } from './held-breaker.js';
import { keep } from './keep.js';

export interface NotedNumber {
  at: number;
  by: string;
  network: string | null;
  void?: true;
}

/** Numbers of a block under their keyed names: when each was written to, and by which delivery. `void`: from before a trip. */
export type NotedNumbers = Map<string, NotedNumber>;

/** What the detectors know, for the embedded mode: one process, so that each step is atomic. */
export class MemoryBreakers {
  readonly markers = new Map<string, Marker>();
  readonly numbers = new Map<string, NotedNumbers>();
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
    Object.assign(held, { since, opened: { until: trip.until, tried: 0, right: 0, last: 0, places: new Map() } });
    const trips = this.tripsOf(applicationId);
    for (const told of trips.values()) if (isOver(told, since)) trips.delete(told.name);
    keep(trips, trip.name, trip, MOST_TRIPS);
    return trip;
  }

  tripsOf(applicationId: string): Map<string, Trip> {
    const trips = this.trips.get(applicationId) ?? new Map<string, Trip>();
    this.trips.set(applicationId, trips);
    return trips;
  }
}
