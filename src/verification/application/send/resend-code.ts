import { Injectable } from '@nestjs/common';
import { Nudge } from '../../../delivery/application/ports.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import type { Channel } from '../../../shared/channel.js';
import { Random } from '../../../shared/random.js';
import { cooldown, noChannel, sendsUsedUp } from '../../domain/refusals.js';
import { FindRecord } from './find-record.js';
import { Steps, type VerificationRecord } from '../ledger.js';
import { SendAllowance, type Send } from './send-allowance.js';

export interface ResendRequest {
  applicationId: string;
  id: string;
  /** Absent: the channel of the last step. */
  channel?: Channel | undefined;
  ip?: string | undefined;
}

/** "Send it again", on the same or another channel. It takes the same step a fallback would, so both never happen. */
@Injectable()
export class ResendCode {
  constructor(
    private readonly findRecord: FindRecord,
    private readonly allowance: SendAllowance,
    private readonly steps: Steps,
    private readonly nudge: Nudge,
    private readonly random: Random,
  ) {}

  /**
   * @returns when a delivery was queued, by this call or by whoever took the step first
   * @throws 404, what the verification ended as, 422 `no-channel`, 429 `cooldown` or `rate-limited`
   */
  async execute(request: ResendRequest): Promise<void> {
    const { record, to, lastChannel } = await this.findRecord.live(request.applicationId, request.id);
    const channel = request.channel ?? lastChannel;
    if (!record.channels.includes(channel)) throw noChannel(`${channel} is not one of ${record.channels.join(', ')}.`);
    if (record.sends >= record.maxSends) throw sendsUsedUp();
    if (record.resendInMs > 0) throw cooldown(Math.ceil(record.resendInMs / 1000));

    const deliveryId = this.random.id('dlv');
    const { applicationId } = record;
    const { subject } = record;
    const send: Send = { applicationId, to, channel, deliveryId, ip: request.ip, subject, cooldown: true };
    const decision = await this.allowance.take(send);
    if (decision.kind === 'refused') throw refusedByLimits(decision);
    if (await this.advance(record, deliveryId, channel)) this.nudge.nudge();
    else await this.givenBack(send, request);
  }

  /** Somebody else took the step, and that is as good; or the verification has ended meanwhile, and then it says so. */
  private async givenBack(send: Send, { applicationId, id }: ResendRequest): Promise<void> {
    await this.allowance.refund(send);
    await this.findRecord.live(applicationId, id);
  }

  private advance(record: VerificationRecord, deliveryId: string, channel: Channel): Promise<boolean> {
    const reason = `asked for by the user on ${channel}`;
    return this.steps.advance(record.id, record.step, { deliveryId, channel, origin: 'resend', reason });
  }
}
