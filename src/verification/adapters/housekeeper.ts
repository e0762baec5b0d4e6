import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Rounds } from '../../platform/rounds.js';
import { Housekeeping } from '../application/keep/housekeeping.js';

const EXPIRE_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 10 * 60_000;
const RESEAL_EVERY_MS = 5_000;

/** Calls the housekeeping from time to time. */
@Injectable()
export class Housekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly rounds: Rounds,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const expire = () => this.housekeeping.expire();
    this.rounds.begin({ name: 'expire', everyMs: EXPIRE_EVERY_MS, work: expire, silent: true });
    this.rounds.begin({ name: 'forget', everyMs: FORGET_EVERY_MS, work: () => this.housekeeping.forget() });
    this.rounds.begin({ name: 'reseal', everyMs: RESEAL_EVERY_MS, work: () => this.reseal() });
  }

  private async reseal(): Promise<number> {
    const { count, unreadable } = await this.housekeeping.reseal();
    for (const { id, error } of unreadable) this.log.failure('housekeeping.unreadable', error, { id });
    return count;
  }
}
