import { Injectable } from '@nestjs/common';
import { CAPS_GIVEN_BACK, type SpendCap } from '../../../spending/application/spend-caps.js';
import { WatchSpend } from '../../../spending/application/watch-spend.js';
import { Limiter, type LimitDecision } from '../../../limits/application/limiter.js';
import { CountedAs, type Send } from '../counted-as.js';
import { RestoreSpend } from './restore-spend.js';

/** Limits and caps of a send, taken all or none. */
@Injectable()
export class SendLimits {
  constructor(
    private readonly limiter: Limiter,
    private readonly countedAs: CountedAs,
    private readonly watchSpend: WatchSpend,
    private readonly restoreSpend: RestoreSpend,
  ) {}

  /** Refused also while the recipient's failure budget is used up: a code that can not be checked is not sent (R22). */
  async take(send: Send, caps: readonly SpendCap[]): Promise<LimitDecision> {
    const { applicationId, subject, deliveryId, verificationId, channel, cooldown } = send;
    const unlessLocked = {
      applicationId,
      recipient: this.failuresCountedAs(send),
      subject: this.countedAs.subject(subject),
    };
    const options = { cooldown, unlessLocked, verificationId, channel, caps };
    return this.limiter.take('send', deliveryId, this.countedAs.send(send), options);
  }

  /** Watches how caps fill up, once nobody gives the send back any more: an alert is not taken back. */
  watch({ applicationId }: Send, caps: readonly SpendCap[], decision: LimitDecision): void {
    if (caps.length === 0) return;
    const counted = decision.kind === 'allowed';
    const refusedBy = counted ? decision.shadowed : decision.rules;
    const { levels } = decision;
    const empty = this.watchSpend.seen({ applicationId, caps, levels, counted, refusedBy });
    if (empty || this.restoreSpend.isOwed(applicationId)) void this.restoreSpend.execute(applicationId, caps);
  }

  /** Gives back exactly what was counted, whatever caps and prices say by now. Idempotent. */
  refund(send: Send): Promise<void> {
    const { deliveryId, verificationId, channel, cooldown } = send;
    return this.limiter.refund('send', deliveryId, this.countedAs.send(send), {
      cooldown,
      verificationId,
      channel,
      caps: CAPS_GIVEN_BACK,
    });
  }

  /** The name under which wrong guesses at the recipient's codes are counted. */
  failuresCountedAs({ to }: Pick<Send, 'to'>): string {
    return this.countedAs.recipient(to);
  }
}
