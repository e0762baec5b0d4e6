import { Injectable } from '@nestjs/common';
import { observe, observed } from '../../shared/observations.js';
import { readName, type Breaker, type Trip } from '../domain/breaker.js';
import { TripRecord } from './ports.js';

/** Tells applications and whoever watches what tripped and what cleared: once each, not once per refusal. */
@Injectable()
export class TellTrips {
  constructor(private readonly record: TripRecord) {}

  /** Never throws: the trip holds whether it could be told or not, and is listed either way. */
  async tripped(applicationId: string, trips: readonly Trip[], breakers: readonly Breaker[]): Promise<void> {
    for (const { name, since, until, counted, good } of trips) {
      const { detector, place } = readName(name);
      const enforced = breakers.some((breaker) => breaker.name === name && breaker.refuses);
      if (observed()) observe({ kind: 'fraud-tripped', detector, enforced });
      const payload = { detector, place, enforced, counted, good, since: isoOf(since), until: isoOf(until) };
      await this.record.tell({ applicationId, type: 'fraud.tripped', payload }).catch(() => undefined);
    }
  }

  async cleared(applicationId: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const payload = readName(name);
      await this.record.tell({ applicationId, type: 'fraud.cleared', payload }).catch(() => undefined);
    }
  }

  /** @param mode whether something was really refused. */
  refused(detectors: readonly string[], mode: 'enforce' | 'shadow'): void {
    if (!observed()) return;
    for (const detector of detectors) observe({ kind: 'fraud-refused', detector, mode });
  }
}

const isoOf = (ms: number) => new Date(ms).toISOString();
