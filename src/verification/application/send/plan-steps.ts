import { Injectable } from '@nestjs/common';
import type { MessagePlan, NextDelivery } from '../../../delivery/application/ports.js';
import { isSent } from '../../../shared/channel.js';
import { Random } from '../../../shared/random.js';
import { Steps } from '../ledger.js';
import { Tenants } from '../ports.js';

/** The steps of a verification, as the fallback engine asks for them and takes them. */
@Injectable()
export class PlanSteps {
  constructor(
    private readonly steps: Steps,
    private readonly tenants: Tenants,
    private readonly random: Random,
  ) {}

  async plan(messageId: string): Promise<MessagePlan | null> {
    const record = await this.steps.find(messageId);
    if (record?.status !== 'pending') return null;
    const { step, expiresAt, sends, maxSends } = record;
    const channels = record.channels.filter(isSent);
    const { policy } = await this.tenants.settings(record.applicationId);
    return {
      ...{ step, channels, expiresAt, sendsLeft: maxSends - sends },
      tryOtherProvider: policy.tryOtherProviderOnFailure,
    };
  }

  async advance(
    messageId: string,
    fromStep: number,
    { channel, origin, reason }: NextDelivery,
  ): Promise<string | null> {
    const deliveryId = this.random.id('dlv');
    const asked = origin === 'resend' ? 'resend' : 'fallback';
    const taken = await this.steps.advance(messageId, fromStep, { deliveryId, channel, origin: asked, reason });
    return taken ? deliveryId : null;
  }
}
