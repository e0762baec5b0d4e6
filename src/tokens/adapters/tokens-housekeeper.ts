import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../../platform/rounds.js';
import { ConsumedTokens } from '../application/ports.js';

const FORGET_EVERY_MS = 10 * 60_000;
const BATCH = 5_000;

/** Forgets consumed tokens that nobody could show any more. */
@Injectable()
export class TokensHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly consumed: ConsumedTokens,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = () => this.consumed.forget(BATCH);
    this.rounds.begin({ name: 'forget', of: 'tokens', everyMs: FORGET_EVERY_MS, work, silent: true });
  }
}
