import { Injectable } from '@nestjs/common';
import type { FactorChannel } from '../../../shared/channel.js';
import { Ledger } from '../ledger.js';
import { CodeHasher, type HashPlace } from '../ports.js';
import { CheckAllowance, type Guesser } from './check-allowance.js';
import { FailureBudget } from './failure-budget.js';

interface UnbegunGuess {
  channel: FactorChannel;
  idempotencyKey: string | null;
}

/** Whether a guess at a factor would be compared, before there is a verification to guess at: who may not guess writes nothing. */
@Injectable()
export class GuessRoom {
  constructor(
    private readonly allowance: CheckAllowance,
    private readonly budget: FailureBudget,
    private readonly ledger: Ledger,
    private readonly hasher: CodeHasher,
  ) {}

  /**
   * Nothing is counted. Whoever asks again with an idempotency key that was used is let pass: the answer there is, is theirs.
   *
   * @returns a place in the hash queue, to be left
   * @throws 422 `blocked-address`, 429 `rate-limited`, 503 `overloaded` or `unavailable`
   */
  async enter(guesser: Guesser & { subject: string }, guess: UnbegunGuess): Promise<HashPlace> {
    await this.throwIfNone(guesser, guess);
    return this.hasher.enter();
  }

  private async throwIfNone(
    guesser: Guesser & { subject: string },
    { channel, idempotencyKey: key }: UnbegunGuess,
  ): Promise<void> {
    const [notAllowed, locked] = await Promise.all([
      this.allowance.look(guesser),
      this.budget.look(guesser, { subject: guesser.subject, channel }),
    ]);
    const refusal = notAllowed ?? locked;
    if (!refusal) return;
    const earlier = key === null ? null : await this.ledger.findByIdempotencyKey(guesser.applicationId, key);
    if (!earlier) throw refusal;
  }
}
