import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { LimitTrips } from '../application/limit-trips.js';
import { DecisionLog, RETENTION_HOURS } from '../application/decision-log.js';

const FORGET_EVERY_MS = 60_000;
const BATCH = 5_000;

/** Deletes decisions that are past their time, and trips that are; what one node holds the others leave alone. */
@Injectable()
export class DecisionsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly decisions: DecisionLog,
    private readonly trips: LimitTrips,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const silent = { name: 'forget', everyMs: FORGET_EVERY_MS, silent: true } as const;
    this.rounds.begin({ ...silent, of: 'decisions', work: () => this.decisions.forget(RETENTION_HOURS, BATCH) });
    this.rounds.begin({ ...silent, of: 'limit trips', work: () => this.trips.forget(BATCH) });
  }
}
