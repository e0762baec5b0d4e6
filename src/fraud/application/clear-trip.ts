import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import { nameOf, type Detector } from '../domain/breaker.js';
import { ListTrips } from './list-trips.js';
import { TripRecord, Trips } from './ports.js';
import { TellTrips } from './tell-trips.js';

/** Clears a breaker early, because whoever looked found that nothing is wrong. It holds on every node at once. */
@Injectable()
export class ClearTrip {
  constructor(
    private readonly listTrips: ListTrips,
    private readonly trips: Trips,
    private readonly record: TripRecord,
    private readonly tellTrips: TellTrips,
  ) {}

  /**
   * @param applicationId null: any application's, for an operator.
   * @throws 404 `not-found` for what is not tripped, or another's; 503 `unavailable`
   */
  async clear(applicationId: string | null, id: string, actor: string): Promise<void> {
    const trip = (await this.listTrips.of(applicationId)).find((listed) => listed.id === id);
    if (!trip) throw notFound('trip');
    const name = nameOf(trip.detector as Detector, trip.place);
    // Written first: an entry without its change is seen in the list, a change without its entry by nobody.
    const { detector, place, counted, good } = trip;
    const details = {
      before: { detector, place, counted, good, until: trip.until.toISOString() },
      after: null,
      weakens: true,
    };
    await this.record.audit({ actor, action: 'fraud.trip-cleared', target: trip.applicationId, details });
    await this.trips.clear(trip.applicationId, name);
    await this.tellTrips.cleared(trip.applicationId, [name]);
  }
}
