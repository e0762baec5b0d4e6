import { Injectable } from '@nestjs/common';
import { writeAnswer, type WrongReason } from '../../domain/answer.js';
import { endedAs } from '../../domain/refusals.js';
import type { CheckOutcome } from './check-request.js';
import { CountOutcome } from './count-outcome.js';
import { Endings, Ledger } from '../ledger.js';
import { Attempts, Verifications } from '../hot-state.js';
import type { Guess } from './reserve-guess.js';

/** A wrong guess: counted in the ledger before it is answered, so that no lost state gives it back. */
@Injectable()
export class SettleGuess {
  constructor(
    private readonly endings: Endings,
    private readonly verifications: Verifications,
    private readonly attempts: Attempts,
    private readonly ledger: Ledger,
    private readonly countOutcome: CountOutcome,
  ) {}

  /** @throws what the verification ended as, when something else ended it while this guess was hashed. */
  async wrong(guess: Guess, digest: string, reason?: WrongReason): Promise<Extract<CheckOutcome, { kind: 'wrong' }>> {
    const { state, attemptsLeft } = guess;
    const status = await this.endings.countWrong(state.id);
    const settled = { ...guess, answer: writeAnswer({ kind: 'wrong', attemptsLeft, digest, reason }) };
    if (status === null) throw await this.endedMeanwhile(guess);
    const settling =
      status === 'pending'
        ? this.attempts.settle(state.id, settled)
        : this.verifications.end(state.id, 'failed', settled);
    await Promise.all([settling, this.countOutcome.wrong(guess)]);
    return { kind: 'wrong', attemptsLeft, reason };
  }

  /**
   * The code was right, but the ledger could not be asked: nothing was decided, so nothing is spent. Best effort. The place in
   * the budget goes first: whoever gets the attempt next, a retry with the same key included, takes a place of its own. Where a
   * retry goes on with the attempt, both stay with it: either may yet be told that the guess is wrong.
   */
  async undecided(guess: Guess): Promise<void> {
    if (guess.tookOver || (guess.guess !== undefined && !(await this.stillHolds(guess)))) return;
    await this.countOutcome.undecided(guess);
    await this.attempts.refund(guess.state.id, guess).catch(() => undefined);
  }

  /** Whether nobody took the attempt over, nor will before it is given back: to ask for it once more begins its time anew. */
  private async stillHolds(guess: Guess): Promise<boolean> {
    const again = await this.attempts.reserve(guess.state.id, guess).catch(() => null);
    if (again?.kind === 'reserved') return again.afterLost === false;
    return again?.kind === 'ended' || again?.kind === 'unknown';
  }

  /** Closes the hot state of a verification that the ledger says is over, and tells why. */
  async endedMeanwhile(guess: Guess): Promise<Error> {
    const { id, applicationId } = guess.state;
    const record = await this.ledger.find(applicationId, id);
    const status = record && record.status !== 'pending' ? record.status : 'expired';
    await this.verifications.end(id, status, guess);
    return endedAs(status);
  }
}
