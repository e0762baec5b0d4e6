import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { Enrolments } from '../application/enrolments.js';
import { FactorChanges } from '../application/factor-changes.js';

const FORGET_EVERY_MS = 10 * 60_000;
const BATCH = 1_000;
const ROUND = { name: 'forget', everyMs: FORGET_EVERY_MS, silent: true } as const;

/** Forgets enrolments that nobody finished, whose secrets are of no use any more, and the names of erased subjects once they were told. */
@Injectable()
export class FactorsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly changes: FactorChanges,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const enrolments = () => this.enrolments.forget(BATCH);
    this.rounds.begin({ ...ROUND, of: 'enrolments', work: enrolments });
    const names = () => this.changes.forgetErased(BATCH);
    this.rounds.begin({ ...ROUND, of: 'erased subjects', work: names });
  }
}
