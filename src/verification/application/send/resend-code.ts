import { Injectable } from '@nestjs/common';
import { Nudge } from '../../../delivery/application/ports.js';
import { isSent, type Channel } from '../../../shared/channel.js';
import type { DomainError } from '../../../shared/domain-error.js';
import type { Requester } from '../../../shared/requester.js';
import { Random } from '../../../shared/random.js';
import { cooldown, otherChannel, sendsUsedUp } from '../../domain/refusals.js';
import { FindRecord } from './find-record.js';
import { Steps, type StepRequest, type VerificationRecord } from '../ledger.js';
import type { Send, WordedSend } from '../counted-as.js';
import { SendAllowance } from './send-allowance.js';

export interface ResendRequest {
  applicationId: string;
  id: string;
  /** Absent: the channel of the last step, or the first of the plan that messages are sent over. */
  channel?: Channel | undefined;
  /** Who asks now; what is absent is taken from who started it. */
  requester: Requester;
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
    const { record, to, lastChannel, requester, wording } = await this.findRecord.live(
      request.applicationId,
      request.id,
    );
    const channel = request.channel ?? lastChannel;
    if (channel === null || !record.channels.includes(channel)) throw notInPlan(channel, record);
    if (record.sends >= record.maxSends) throw sendsUsedUp(record.maxSends);
    if (record.resendInMs > 0) throw cooldown(Math.ceil(record.resendInMs / 1000));

    const deliveryId = this.random.id('dlv');
    const { applicationId, id: verificationId, subject } = record;
    const asker = { ...requester, ...given(request.requester) };
    const about = { applicationId, verificationId, deliveryId, to, channel, subject };
    const send: WordedSend = { ...about, wording, requester: asker, cooldown: true };
    const decision = await this.allowance.take(send);
    if (decision.kind === 'refused') throw decision.refusal;
    const { priceMicros } = decision;
    if (await this.advance(record, { deliveryId, channel, priceMicros })) this.nudge.nudge();
    else await this.givenBack(send, request);
  }

  /** Somebody else took the step, and that is as good; or the verification has ended meanwhile, and then it says so. */
  private async givenBack(send: Send, { applicationId, id }: ResendRequest): Promise<void> {
    await this.allowance.refund(send);
    await this.findRecord.live(applicationId, id);
  }

  private advance(record: VerificationRecord, next: Omit<StepRequest, 'origin' | 'reason'>): Promise<boolean> {
    const reason = `asked for by the user on ${next.channel}`;
    return this.steps.advance(record.id, record.step, { ...next, origin: 'resend', reason });
  }
}

/** What has a value: a resend that does not say who asks does not unsay it. */
const given = (requester: Requester): Requester =>
  Object.fromEntries(Object.entries(requester).filter(([, value]) => value !== undefined));

function notInPlan(channel: Channel | null, { channels }: VerificationRecord): DomainError {
  const sent = channels.filter(isSent);
  if (sent.length === 0) return otherChannel(`No message is sent for it: its codes come from ${channels.join(', ')}.`);
  return otherChannel(`${String(channel)} is not one of ${sent.join(', ')}.`);
}
