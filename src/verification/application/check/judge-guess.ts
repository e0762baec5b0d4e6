import { Injectable } from '@nestjs/common';
import { reached } from '../../../shared/steps.js';
import { ApproveGuess } from './approve-guess.js';
import type { CheckOutcome } from './check-request.js';
import { codeContext } from '../send/code-context.js';
import { matchingSlot } from './matching-slot.js';
import type { Slot } from '../hot-state.js';
import { CodeHasher, type HashPlace } from '../ports.js';
import type { Guess } from './reserve-guess.js';
import { SettleGuess } from './settle-guess.js';

/** Hashes a reserved guess once, compares it with every live digest, and settles. */
@Injectable()
export class JudgeGuess {
  constructor(
    private readonly hasher: CodeHasher,
    private readonly settleGuess: SettleGuess,
    private readonly approveGuess: ApproveGuess,
  ) {}

  async judge(guess: Guess, code: string, place: HashPlace): Promise<CheckOutcome> {
    reached('check:reserved');
    const digest = await this.hash(guess, code, place);
    reached('check:hashed');
    const slot = matchingSlot(guess.slots, digest);
    return slot ? this.right(guess, slot, digest) : this.settleGuess.wrong(guess, digest);
  }

  /** A hash that fails compared nothing: the attempt is given back. */
  private async hash(guess: Guess, code: string, place: HashPlace): Promise<string> {
    try {
      return await place.run(() => this.hasher.digest(code, guess.state.hashing, codeContext(guess.state)));
    } catch (error) {
      await this.settleGuess.undecided(guess);
      throw error;
    }
  }

  private async right(guess: Guess, slot: Slot, digest: string): Promise<CheckOutcome> {
    let approved: CheckOutcome | null;
    try {
      approved = await this.approveGuess.approve(guess, slot.channel, digest);
    } catch (error) {
      await this.settleGuess.undecided(guess);
      throw error;
    }
    if (approved) return approved;
    await this.settleGuess.undecided(guess);
    throw await this.settleGuess.endedMeanwhile(guess);
  }
}
