import { Injectable } from '@nestjs/common';
import { MessageSource, type Claim, type MessagePlan, type NextDelivery } from '../../delivery/application/ports.js';
import type { Delivery } from '../../delivery/domain/delivery.js';
import { Random } from '../../shared/random.js';
import { ClaimMessage } from '../application/send/claim-message.js';
import { GiveBackSend } from '../application/send/give-back-send.js';
import { Steps } from '../application/ledger.js';
import { Verifications } from '../application/hot-state.js';

/** Verification as delivery's source of messages. */
@Injectable()
export class VerificationMessages extends MessageSource {
  constructor(
    private readonly claimMessage: ClaimMessage,
    private readonly giveBackSend: GiveBackSend,
    private readonly verifications: Verifications,
    private readonly steps: Steps,
    private readonly random: Random,
  ) {
    super();
  }

  claim(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<Claim> {
    return this.claimMessage.claim(delivery);
  }

  withdraw(delivery: Pick<Delivery, 'id' | 'messageId'>): Promise<void> {
    return this.verifications.dropCode(delivery.messageId, delivery.id);
  }

  cameToNothing(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<void> {
    return this.giveBackSend.execute(delivery);
  }

  async plan(messageId: string): Promise<MessagePlan | null> {
    const record = await this.steps.find(messageId);
    if (record?.status !== 'pending') return null;
    const { step, channels, expiresAt, sends, maxSends } = record;
    return { step, channels, expiresAt, sendsLeft: maxSends - sends };
  }

  async advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null> {
    const deliveryId = this.random.id('dlv');
    const origin = next.origin === 'resend' ? 'resend' : 'fallback';
    const taken = await this.steps.advance(messageId, fromStep, {
      deliveryId,
      channel: next.channel,
      origin,
      reason: next.reason,
    });
    return taken ? deliveryId : null;
  }
}
