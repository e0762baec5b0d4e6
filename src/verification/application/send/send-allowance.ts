import { Injectable } from '@nestjs/common';
import { Limiter, type Dimensions, type LimitDecision } from '../../../limits/application/limiter.js';
import type { Channel } from '../../../shared/channel.js';
import { addressFor, countedAs, type Recipients } from '../../../shared/recipient.js';
import { RecipientVault } from '../ports.js';

export interface Send {
  applicationId: string;
  to: Recipients;
  channel: Channel;
  /** The delivery: asking twice for one delivery counts once. */
  deliveryId: string;
  ip?: string | undefined;
  /** The application's user, whose failure budget counts beside the recipient's. */
  subject?: string | null | undefined;
  /** The short cooldown rule covers what a person asks for, not a fallback. */
  cooldown: boolean;
}

/** Whether one more message may go to an address. Every send counts in its windows: start, resend and fallback alike. */
@Injectable()
export class SendAllowance {
  constructor(
    private readonly limiter: Limiter,
    private readonly vault: RecipientVault,
  ) {}

  /** Refused also while the recipient's failure budget is used up: a code that can not be checked is not sent (R22). */
  take(send: Send): Promise<LimitDecision> {
    const { applicationId, deliveryId, cooldown, to } = send;
    const recipient = this.failuresCountedAs(to);
    const subject = this.subjectCountedAs(send.subject);
    const unlessLocked = { applicationId, recipient, subject };
    return this.limiter.take('send', deliveryId, this.dimensions(send), { cooldown, unlessLocked });
  }

  refund(send: Send): Promise<void> {
    return this.limiter.refund('send', send.deliveryId, this.dimensions(send), { cooldown: send.cooldown });
  }

  /** Name under which a recipient's wrong guesses are counted: the phone where there is one, whatever channel is used. */
  failuresCountedAs(to: Recipients): string {
    const recipient = to.phone ?? to.email;
    return recipient ? this.vault.limitKey(countedAs(recipient)) : '';
  }

  /** Name under which wrong guesses of the application's user are counted, besides the recipient's. */
  subjectCountedAs(subject: string | null | undefined): string | undefined {
    return subject ? this.vault.limitKey(`subject:${subject}`) : undefined;
  }

  private dimensions({ applicationId, to, channel, ip }: Send): Dimensions {
    const address = addressFor(channel, to);
    return { applicationId, ...(address && { recipient: this.vault.limitKey(countedAs(address)) }), ...(ip && { ip }) };
  }
}
