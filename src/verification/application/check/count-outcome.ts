import { Injectable } from '@nestjs/common';
import { JudgeCheck, type JudgedCheck } from '../../../fraud/application/judge-check.js';
import { JudgeSend } from '../../../fraud/application/judge-send.js';
import { isSent } from '../../../shared/channel.js';
import { addressFor } from '../../../shared/recipient.js';
import type { VerificationRecord } from '../ledger.js';
import { RecipientVault } from '../ports.js';
import { FailureBudget } from './failure-budget.js';
import type { Guess } from './reserve-guess.js';

/** What the outcome of a guess changes in budgets and detectors. What it was is decided elsewhere, and stands whatever happens here. */
@Injectable()
export class CountOutcome {
  constructor(
    private readonly budget: FailureBudget,
    private readonly judgeCheck: JudgeCheck,
    private readonly judgeSend: JudgeSend,
    private readonly vault: RecipientVault,
  ) {}

  /** Never throws: an approval that could not be counted is an approval. */
  async right(guess: Guess, record: VerificationRecord): Promise<void> {
    await Promise.allSettled([
      this.budget.succeeded(guess.place),
      this.judgeCheck.count(guesserOf(guess), guess.state.id, true),
      this.sendConverted(record),
    ]);
  }

  /** Never throws: the guess was wrong, whether a detector heard of it or not. */
  async wrong(guess: Guess): Promise<void> {
    await this.judgeCheck.count(guesserOf(guess), guess.state.id, false).catch(() => undefined);
  }

  /** Nothing was compared: the place in the budget is given back. Never throws. */
  async undecided(guess: Guess): Promise<void> {
    await this.budget.giveBack(guess.place).catch(() => undefined);
  }

  /** By the channel whose code was typed in: one that came by e-mail says nothing about the number, and a factor's nothing at all. */
  private async sendConverted({ id, applicationId, sealed, approvedChannel: channel }: VerificationRecord) {
    if (sealed === null || channel === null || !isSent(channel)) return;
    const { to, requester = {} } = this.vault.open(id, sealed);
    const address = addressFor(channel, to);
    const about = { applicationId, verificationId: id, deliveryId: '', requester, safe: false };
    if (address) await this.judgeSend.approved({ ...about, channel, address });
  }
}

function guesserOf({ place: { dimensions }, state: { applicationId } }: Guess): JudgedCheck {
  const { ip, apiKey } = dimensions;
  return { applicationId, requester: { ip, apiKey } };
}
