import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { Enrolments } from '../application/enrolments.js';

const FORGET_EVERY_MS = 10 * 60_000;
const BATCH = 1_000;

/** Forgets enrolments that nobody finished: their secrets are of no use any more. */
@Injectable()
export class FactorsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = () => this.enrolments.forget(BATCH);
    this.rounds.begin({ name: 'forget', of: 'enrolments', everyMs: FORGET_EVERY_MS, work, silent: true });
  }
}
