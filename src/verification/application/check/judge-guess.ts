import { Injectable } from '@nestjs/common';
import { reached } from '../../../shared/steps.js';
import { ApproveGuess, type RightGuess } from './approve-guess.js';
import type { CheckOutcome } from './check-request.js';
import { codeContext } from '../send/code-context.js';
import { guessText } from './guessed-factor.js';
import { MatchGuess, type Match } from './match-guess.js';
import { CodeHasher, type HashPlace } from '../ports.js';
import type { Guess } from './reserve-guess.js';
import { SettleGuess } from './settle-guess.js';

/** Hashes a reserved guess once, compares it with every live digest or the subject's factors, and settles. */
@Injectable()
export class JudgeGuess {
  constructor(
    private readonly hasher: CodeHasher,
    private readonly matchGuess: MatchGuess,
    private readonly settleGuess: SettleGuess,
    private readonly approveGuess: ApproveGuess,
  ) {}

  async judge(guess: Guess, code: string, place: HashPlace): Promise<CheckOutcome> {
    reached('check:reserved');
    const { digest, match } = await this.compare(guess, code, place);
    if (match.kind === 'right') return this.right(guess, { ...match, digest });
    return this.settleGuess.wrong(guess, digest, match.kind === 'used' ? 'already-used' : undefined);
  }

  /** What fails here compared nothing, or nobody was told of it: the attempt is given back. */
  private async compare(guess: Guess, code: string, place: HashPlace): Promise<{ digest: string; match: Match }> {
    const { factor, state } = guess;
    try {
      const digest = await place.run(() =>
        this.hasher.digest(guessText(code, factor), state.hashing, codeContext(state)),
      );
      reached('check:hashed');
      return { digest, match: await this.matchGuess.match(guess, code, digest) };
    } catch (error) {
      await this.settleGuess.undecided(guess);
      throw error;
    }
  }

  private async right(guess: Guess, right: RightGuess): Promise<CheckOutcome> {
    let approved: CheckOutcome | null;
    try {
      approved = await this.approveGuess.approve(guess, right);
    } catch (error) {
      await this.settleGuess.undecided(guess);
      throw error;
    }
    if (approved) return approved;
    await this.settleGuess.undecided(guess);
    throw await this.settleGuess.endedMeanwhile(guess);
  }
}
