import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Rounds } from '../../platform/rounds.js';
import { Enrolments } from '../application/enrolments.js';
import { FactorChanges } from '../application/factor-changes.js';
import { ResealFactors } from '../application/reseal-factors.js';

const FORGET_EVERY_MS = 10 * 60_000;
const RESEAL_EVERY_MS = 5_000;
const BATCH = 1_000;
const FORGET = { name: 'forget', everyMs: FORGET_EVERY_MS, silent: true } as const;

/**
 * Forgets enrolments that nobody finished, whose secrets are of no use any more, and the names of erased subjects once they were
 * told; moves secrets to the newest key.
 */
@Injectable()
export class FactorsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly changes: FactorChanges,
    private readonly resealFactors: ResealFactors,
    private readonly rounds: Rounds,
    private readonly log: Log,
  ) {}

  /** Resealing has the name of the other housekeeping's: who drops an old key waits until `housekeeping.reseal` is heard no more. */
  onApplicationBootstrap(): void {
    const enrolments = () => this.enrolments.forget(BATCH);
    this.rounds.begin({ ...FORGET, of: 'enrolments', work: enrolments });
    const names = () => this.changes.forgetErased(BATCH);
    this.rounds.begin({ ...FORGET, of: 'erased subjects', work: names });
    this.rounds.begin({ name: 'reseal', of: 'factors', everyMs: RESEAL_EVERY_MS, work: () => this.reseal() });
  }

  private async reseal(): Promise<number> {
    const { count, unreadable } = await this.resealFactors.reseal();
    for (const { id, error } of unreadable) this.log.failure('housekeeping.unreadable', error, { of: 'factors', id });
    return count;
  }
}
