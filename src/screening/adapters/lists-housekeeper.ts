import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { ListUpkeep } from '../application/ports.js';

const FORGET_EVERY_MS = 10 * 60_000;
const REKEY_EVERY_MS = 5_000;
const BATCH = 500;

/** Looks after the lists from time to time. */
@Injectable()
export class ListsHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly upkeep: ListUpkeep,
    private readonly rounds: Rounds,
  ) {}

  /** Under the names of the other housekeeping: who drops an old secret waits until `housekeeping.reseal` is heard no more. */
  onApplicationBootstrap(): void {
    const of = 'lists';
    this.rounds.begin({ name: 'forget', of, everyMs: FORGET_EVERY_MS, work: () => this.upkeep.forget(BATCH) });
    this.rounds.begin({ name: 'reseal', of, everyMs: REKEY_EVERY_MS, work: () => this.upkeep.rekey(BATCH) });
  }
}
