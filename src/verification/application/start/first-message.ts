import { Injectable } from '@nestjs/common';
import { Limiter, type Dimensions } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import type { JudgedSend } from '../../../fraud/application/judge-send.js';
import { isSent, type FactorChannel } from '../../../shared/channel.js';
import type { DomainError } from '../../../shared/domain-error.js';
import type { Requester } from '../../../shared/requester.js';
import { CountedAs, type CountedSend, type WordedSend } from '../counted-as.js';
import { SendAllowance, type RefusedSend, type SendDecision } from '../send/send-allowance.js';
import type { ResolvedStart } from './resolve-start.js';
import type { StartOrder } from './start-request.js';

/** A start, as its first message is made of it. */
export interface StartOfMessage {
  applicationId: string;
  id: string;
  /** Null where nothing is sent at first. */
  deliveryId: string | null;
  request: StartOrder;
  requester: Requester;
  resolved: ResolvedStart;
}

/** Whoever starts one, for which of the application's users. */
type Starter = Pick<CountedSend, 'applicationId' | 'requester' | 'subject'>;

/** `judged` is null where there is no message, and so nothing to count. */
export type StartAdmission = RefusedSend | (Extract<SendDecision, { kind: 'allowed' }> & { judged: JudgedSend | null });

/**
 * What a start sends at once, if it sends anything. Where the first channel is a factor's, no limit of sends is asked; but each
 * such start is a row, so that it has limits of its own.
 */
@Injectable()
export class FirstMessage {
  constructor(
    private readonly allowance: SendAllowance,
    private readonly countedAs: CountedAs,
    private readonly limiter: Limiter,
  ) {}

  /** Whoever was admitted is counted by {@link count} or given back by {@link refund}. */
  admit(start: StartOfMessage): Promise<StartAdmission> {
    const send = sendOf(start);
    return send ? this.allowance.admit(send) : this.admitUnsent(start);
  }

  /** @returns null when detectors counted it; else why it must not happen after all. */
  async count(start: StartOfMessage, judged: JudgedSend | null): Promise<RefusedSend | null> {
    const send = sendOf(start);
    return send && judged && this.allowance.count(send, judged);
  }

  /** Whether a start that sends nothing would be admitted now, without counting it. @returns why not, or null. @throws 503 */
  async lookUnsent(whoever: Starter, channel: FactorChannel): Promise<DomainError | null> {
    const limited = await this.limiter.look('unsent-start', this.dimensionsOf(whoever), { channel });
    return limited.kind === 'refused' ? refusedByLimits(limited) : null;
  }

  /** The start did not happen: gives back exactly what was counted. Idempotent. */
  async refund(start: StartOfMessage): Promise<void> {
    const send = sendOf(start);
    if (send) await this.allowance.refund(send);
    else await this.limiter.refund('unsent-start', start.id, this.dimensionsOf(starterOf(start)), aboutUnsent(start));
  }

  private async admitUnsent(start: StartOfMessage): Promise<StartAdmission> {
    const dimensions = this.dimensionsOf(starterOf(start));
    const limited = await this.limiter.take('unsent-start', start.id, dimensions, aboutUnsent(start));
    if (limited.kind === 'refused')
      return { kind: 'refused', refusal: refusedByLimits(limited), reason: `limited: ${limited.rules.join(', ')}` };
    const failuresCountedAs = this.countedAs.recipient(start.resolved.to);
    return { kind: 'allowed', failuresCountedAs, pauseMs: 0, priceMicros: null, leastCodeLength: 0, judged: null };
  }

  private dimensionsOf({ applicationId, requester, subject }: Starter): Dimensions {
    return { ...this.countedAs.requester(applicationId, requester), subject: this.countedAs.subject(subject) };
  }
}

const starterOf = ({ request: { subject }, ...start }: StartOfMessage): Starter => ({ ...start, subject });

const aboutUnsent = ({ id: verificationId, resolved }: StartOfMessage) => ({
  verificationId,
  channel: resolved.channels[0],
});

function sendOf({ applicationId, id, deliveryId, request, requester, resolved }: StartOfMessage): WordedSend | null {
  const { to, wording, channels } = resolved;
  const [channel] = channels;
  if (deliveryId === null || !isSent(channel)) return null;
  const about = { applicationId, verificationId: id, deliveryId, to, channel, subject: request.subject };
  return { ...about, wording, requester, cooldown: true };
}
