import { Trips } from '../application/ports.js';
import { isOver, type Trip } from '../domain/breaker.js';
import type { MemoryBreakers } from './memory-breakers.js';

/** What read-trips.lua and clear-trip.lua do. */
export class MemoryTrips extends Trips {
  constructor(private readonly state: MemoryBreakers) {
    super();
  }

  of(applicationId: string): Promise<{ trips: Trip[]; now: number }> {
    const { now } = this.state;
    const trips = [...this.state.tripsOf(applicationId).values()].filter((trip) => !isOver(trip, now));
    return Promise.resolve({ trips, now });
  }

  clear(applicationId: string, name: string): Promise<boolean> {
    const { state } = this;
    if (!state.tripsOf(applicationId).delete(name)) return Promise.resolve(false);
    const { days } = state.held(applicationId, { name });
    state.forget(applicationId, name);
    Object.assign(state.held(applicationId, { name }), { days, since: state.now });
    if (name.startsWith('spray-')) state.longerUntil.delete(applicationId);
    return Promise.resolve(true);
  }
}
