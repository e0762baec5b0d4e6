import { Injectable } from '@nestjs/common';
import type { FactorChannel } from '../../../shared/channel.js';
import { both } from '../../../shared/both.js';
import { Random } from '../../../shared/random.js';
import { Ledger } from '../ledger.js';
import { FirstMessage } from '../start/first-message.js';
import { CheckAllowance, type Guesser } from './check-allowance.js';
import { FailureBudget } from './failure-budget.js';

/** A guess at a factor of somebody, with no verification begun. */
export interface UnbegunGuess extends Guesser {
  subject: string;
  channel: FactorChannel;
  idempotencyKey: string | null;
}

/** Whether a guess at a factor would be compared, before there is a verification to guess at: who may not guess writes nothing. */
@Injectable()
export class AdmitGuess {
  constructor(
    private readonly allowance: CheckAllowance,
    private readonly budget: FailureBudget,
    private readonly firstMessage: FirstMessage,
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {}

  /**
   * Counts it in the limits of checks alone, also where something else refuses it: so a flood of what is refused ends there.
   * Whoever asks again with an idempotency key that was used is let pass: the answer there is, is theirs.
   *
   * @returns the name it is counted under; undefined where the limits of checks refuse it, and are to be asked again
   * @throws 422 `blocked-address`, 429 `rate-limited`, 503 `unavailable`
   */
  async admit(guess: UnbegunGuess): Promise<string | undefined> {
    const { subject, channel, applicationId, idempotencyKey: key } = guess;
    const reservation = this.random.id('gss');
    const [notAllowed, [locked, notBegun]] = await both(
      { take: this.allowance.take(guess, reservation), undo: () => this.allowance.giveBack(guess, reservation) },
      {
        take: Promise.all([
          this.budget.look(guess, { subject, channel }),
          this.firstMessage.lookUnsent(guess, channel),
        ]),
      },
    );
    const refusal = notAllowed ?? locked ?? notBegun;
    if (refusal && (key === null || !(await this.ledger.findByIdempotencyKey(applicationId, key)))) throw refusal;
    return notAllowed ? undefined : reservation;
  }
}
