import { Injectable } from '@nestjs/common';
import type { Delivery } from '../../../delivery/domain/delivery.js';
import { Steps } from '../ledger.js';
import { RecipientVault } from '../ports.js';
import { SendAllowance } from './send-allowance.js';

/**
 * A delivery that came to nothing through no doing of its recipient is given back to the limits and caps it was counted in: an
 * outage of a provider locks nobody out, and is not paid for.
 */
@Injectable()
export class GiveBackSend {
  constructor(
    private readonly steps: Steps,
    private readonly vault: RecipientVault,
    private readonly allowance: SendAllowance,
  ) {}

  /** Idempotent. A resend that came from elsewhere than the start stays counted there: who asked is kept of the start only. */
  async execute({ id, messageId, channel, origin }: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>) {
    const record = await this.steps.find(messageId);
    const sealed = record?.sealed;
    if (!record || !sealed) return;
    const { to, requester = {} } = this.vault.open(messageId, sealed);
    const { applicationId, subject } = record;
    const about = { applicationId, verificationId: messageId, deliveryId: id, to, channel, subject };
    await this.allowance.refund({ ...about, requester, cooldown: origin !== 'fallback' });
  }
}
