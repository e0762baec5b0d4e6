import { Injectable } from '@nestjs/common';
import type { Dimensions } from '../../limits/application/limiter.js';
import type { Channel, FactorChannel } from '../../shared/channel.js';
import { blockOf } from '../../shared/phone-number.js';
import { addressFor, countedAs, type Recipients } from '../../shared/recipient.js';
import type { Requester } from '../../shared/requester.js';
import type { Wording } from '../domain/message-text.js';
import { RecipientVault } from './ports.js';

/** What of a send limits count it by. */
export interface CountedSend {
  applicationId: string;
  to: Recipients;
  channel: Channel;
  requester: Requester;
  /** The application's user. */
  subject?: string | null | undefined;
}

/** One message that is to go out, as whoever judges it sees it. */
export interface Send extends CountedSend {
  verificationId: string;
  /** The delivery: asking twice for one delivery counts once. */
  deliveryId: string;
  /** The short cooldown rule covers what a person asks for, not a fallback. */
  cooldown: boolean;
}

/** One that asks to be allowed: what it says decides what it costs. */
export interface WordedSend extends Send {
  wording: Wording;
}

/** Who guesses. */
type Guesser = Pick<CountedSend, 'applicationId' | 'requester' | 'subject'>;

/** At codes that were sent, by the name their recipient is counted under; or at a user's factors. */
export type GuessedAt = { recipient: string } | { factor: { subject: string; channel: FactorChannel } };

/** Under which names things are counted. Whatever could tell a person is counted under a keyed name. */
@Injectable()
export class CountedAs {
  constructor(private readonly vault: RecipientVault) {}

  /** Name under which a recipient's wrong guesses are counted: the phone where there is one, whatever channel is used. */
  recipient(to: Recipients): string {
    const recipient = to.phone ?? to.email;
    return recipient ? this.vault.limitKey(countedAs(recipient)) : '';
  }

  /** Name under which the application's user is counted. */
  subject(subject: string | null | undefined): string | undefined {
    return subject ? this.vault.limitKey(`subject:${subject}`) : undefined;
  }

  /** Name under which wrong guesses at a user's authenticators, or at its backup codes, are counted: no new enrolment starts anew. */
  factor(subject: string, channel: FactorChannel): string {
    return this.vault.limitKey(`factor:${channel}:${subject}`);
  }

  /** What is known of whoever asks, whatever they ask for. */
  requester(applicationId: string, { apiKey, ip, device, limitKeys = {} }: Requester): Dimensions {
    const custom = Object.entries(limitKeys).map(([key, value]) => [key, this.vault.limitKey(`custom:${value}`)]);
    return {
      applicationId,
      ...(apiKey !== undefined && { apiKey }),
      ...(ip !== undefined && { ip }),
      ...(device !== undefined && { device: this.vault.limitKey(`device:${device}`) }),
      ...(custom.length > 0 && { custom: Object.fromEntries(custom) as Record<string, string> }),
    };
  }

  /**
   * Whose failure budget a guess counts in: that of the recipient and the user, or that of the user's factors alone. So whoever
   * guesses at one locks that one, and the user gets in by the other (R21, R69).
   */
  guess({ applicationId, requester, subject }: Guesser, at: GuessedAt): Dimensions {
    const asking = this.requester(applicationId, requester);
    if ('factor' in at) return { ...asking, factor: this.factor(at.factor.subject, at.factor.channel) };
    return { ...asking, recipient: at.recipient, subject: this.subject(subject) };
  }

  send({ applicationId, to, channel, requester, subject }: CountedSend): Dimensions {
    const address = addressFor(channel, to);
    const named = this.subject(subject);
    return {
      ...this.requester(applicationId, requester),
      ...(named !== undefined && { subject: named }),
      ...(address && { recipient: this.vault.limitKey(countedAs(address)) }),
      ...(address?.kind === 'phone' && {
        recipientPrefix: this.vault.limitKey(`prefix:${blockOf(address.value)}`),
        country: address.country,
      }),
    };
  }
}
