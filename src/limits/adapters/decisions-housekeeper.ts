import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { DecisionLog, RETENTION_HOURS } from '../application/decision-log.js';

const FORGET_EVERY_MS = 60_000;
const BATCH = 5_000;

/** Deletes decisions that are past their time; what one node holds the others leave alone. */
@Injectable()
export class DecisionsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly decisions: DecisionLog,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = () => this.decisions.forget(RETENTION_HOURS, BATCH);
    this.rounds.begin({ name: 'forget', of: 'decisions', everyMs: FORGET_EVERY_MS, work, silent: true });
  }
}
