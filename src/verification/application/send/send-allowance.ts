import { Injectable } from '@nestjs/common';
import { JudgeSend, type JudgedSend, type Judgement } from '../../../fraud/application/judge-send.js';
import { COOLDOWN_RULE, Limiter, type LimitDecision } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import { ScreenSend } from '../../../screening/application/screen-send.js';
import { both } from '../../../shared/both.js';
import type { DomainError } from '../../../shared/domain-error.js';
import { addressFor } from '../../../shared/recipient.js';
import { noAddress, recipientRefused, suspected } from '../../domain/refusals.js';
import { CountedAs, type CountedSend } from '../counted-as.js';

export interface Send extends CountedSend {
  verificationId: string;
  /** The delivery: asking twice for one delivery counts once. */
  deliveryId: string;
  /** The short cooldown rule covers what a person asks for, not a fallback. */
  cooldown: boolean;
}

export type SendDecision =
  /** `pauseMs`: until the recipient's short pause between two sends is over. `failuresCountedAs`: the name wrong guesses get. */
  | { kind: 'allowed'; pauseMs: number; failuresCountedAs: string }
  /** Nothing was counted. `refusal` is for who asked, `reason` for the timeline. */
  | { kind: 'refused'; refusal: DomainError; reason: string };

/**
 * Whether one more message may go to an address: first what memory can tell (countries, lists), then limits and detectors in one
 * trip. Every send counts in its windows: start, resend and fallback alike.
 */
@Injectable()
export class SendAllowance {
  constructor(
    private readonly screenSend: ScreenSend,
    private readonly limiter: Limiter,
    private readonly judgeSend: JudgeSend,
    private readonly countedAs: CountedAs,
  ) {}

  /** Refused also while the recipient's failure budget is used up: a code that can not be checked is not sent (R22). */
  async take(send: Send): Promise<SendDecision> {
    const { applicationId, channel, to, requester } = send;
    const address = addressFor(channel, to);
    if (!address) return { kind: 'refused', refusal: noAddress(channel), reason: 'no address for this channel' };
    const screened = this.screenSend.screen({ applicationId, channel, address, ip: requester.ip });
    if (screened.kind === 'refused')
      return { kind: 'refused', refusal: recipientRefused(screened), reason: `refused: ${screened.reason}` };

    const judged: JudgedSend = { ...send, address, safe: screened.safe };
    const [limited, judgement] = await both(
      { take: this.takeLimits(send), undo: () => this.refundLimits(send) },
      { take: this.judgeSend.judge(judged), undo: () => this.judgeSend.undo(judged) },
    );
    return this.together(send, judged, { limited, judgement });
  }

  /** The send did not happen: gives back exactly what was counted. Idempotent. */
  async refund(send: Send): Promise<void> {
    const address = addressFor(send.channel, send.to);
    await Promise.all([this.refundLimits(send), address && this.judgeSend.undo({ ...send, address, safe: false })]);
  }

  private async together(
    send: Send,
    judged: JudgedSend,
    { limited, judgement }: { limited: LimitDecision; judgement: Judgement },
  ): Promise<SendDecision> {
    if (limited.kind === 'refused') {
      if (judgement.kind === 'allowed') await this.judgeSend.undo(judged);
      return { kind: 'refused', refusal: refusedByLimits(limited), reason: `limited: ${limited.rules.join(', ')}` };
    }
    if (judgement.kind === 'refused') {
      await this.refundLimits(send);
      return { kind: 'refused', refusal: suspected(judgement), reason: `suspected: ${judgement.reasons.join(', ')}` };
    }
    const failuresCountedAs = this.countedAs.recipient(send.to);
    return { kind: 'allowed', pauseMs: limited.fullForMs[COOLDOWN_RULE] ?? 0, failuresCountedAs };
  }

  private takeLimits(send: Send): Promise<LimitDecision> {
    const { applicationId, to, subject, deliveryId, verificationId, cooldown } = send;
    const unlessLocked = {
      applicationId,
      recipient: this.countedAs.recipient(to),
      subject: this.countedAs.subject(subject),
    };
    const options = { cooldown, unlessLocked, verificationId };
    return this.limiter.take('send', deliveryId, this.countedAs.send(send), options);
  }

  private refundLimits(send: Send): Promise<void> {
    return this.limiter.refund('send', send.deliveryId, this.countedAs.send(send), { cooldown: send.cooldown });
  }
}
