import { Injectable } from '@nestjs/common';
import { readName } from '../domain/breaker.js';
import { Trips, WatchedApplications, WatchedNames } from './ports.js';

/** A breaker that is tripped, as people may see it. */
export interface ListedTrip {
  id: string;
  applicationId: string;
  detector: string;
  /** A country, a block of numbers, a network, an API key; empty for the whole application. */
  place: string;
  /** `trying`: its time is over, and a few are let through to see whether they convert. */
  state: 'tripped' | 'trying';
  counted: number;
  good: number;
  since: Date;
  until: Date;
}

/** What is tripped now, with the figures that tripped it. */
@Injectable()
export class ListTrips {
  constructor(
    private readonly trips: Trips,
    private readonly names: WatchedNames,
    private readonly applications: WatchedApplications,
  ) {}

  /** @param applicationId null: of every application, for an operator. @throws 503 `unavailable` */
  async of(applicationId: string | null): Promise<ListedTrip[]> {
    const ids = applicationId === null ? await this.applications.ids() : [applicationId];
    const lists = await Promise.all(ids.map((id) => this.ofOne(id)));
    return lists.flat().sort((a, b) => b.since.getTime() - a.since.getTime());
  }

  /** A trip by its id. It is the same while the same breaker is tripped. */
  idOf(applicationId: string, name: string): string {
    return `trp_${this.names.of(`trip:${applicationId}/${name}`)}`;
  }

  private async ofOne(applicationId: string): Promise<ListedTrip[]> {
    const { trips, now } = await this.trips.of(applicationId);
    return trips.map(({ name, since, until, counted, good }) => ({
      id: this.idOf(applicationId, name),
      applicationId,
      ...readName(name),
      state: until > now ? 'tripped' : 'trying',
      ...{ counted, good, since: new Date(since), until: new Date(until) },
    }));
  }
}
