import { Injectable } from '@nestjs/common';
import { JudgeCheck } from '../../../fraud/application/judge-check.js';
import { Limiter, type Dimensions } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import { ScreenSend } from '../../../screening/application/screen-send.js';
import { both } from '../../../shared/both.js';
import type { DomainError } from '../../../shared/domain-error.js';
import { blockedAddress, spraying } from '../../domain/refusals.js';
import { CountedAs } from '../counted-as.js';
import { TellDecision } from '../send/tell-decision.js';
import type { CheckRequest } from './check-request.js';

/** Whoever guesses; the id is absent where no verification has begun. */
export type Guesser = Pick<CheckRequest, 'applicationId' | 'requester' | 'subject'> & { id?: string };

/** Whether somebody may guess at all, whatever they guess at: the block list from memory, then limits and detectors in one trip. */
@Injectable()
export class CheckAllowance {
  constructor(
    private readonly screenSend: ScreenSend,
    private readonly limiter: Limiter,
    private readonly judgeCheck: JudgeCheck,
    private readonly countedAs: CountedAs,
    private readonly tell: TellDecision,
  ) {}

  /** Counts the check in its limits. @returns why it is refused, or null; nothing is counted when it is. @throws 503 */
  async take(request: Guesser, reservation: string): Promise<DomainError | null> {
    const { id: verificationId, applicationId, requester } = request;
    if (this.screenSend.blocksAddress(applicationId, requester.ip)) {
      this.tell.check(request, { outcome: 'screened', refusedBy: ['blocked-address'] });
      return blockedAddress();
    }
    const [limited, judged] = await both(
      {
        take: this.limiter.take('check', reservation, this.dimensionsOf(request), { verificationId }),
        undo: () => this.giveBack(request, reservation),
      },
      { take: this.judgeCheck.judge(request) },
    );
    if (limited.kind === 'refused') return refusedByLimits(limited);
    if (judged.kind === 'allowed') return null;
    this.tell.check(request, { outcome: 'suspected', refusedBy: judged.reasons });
    await this.giveBack(request, reservation);
    return spraying(judged);
  }

  /** The check did not happen. Idempotent. */
  giveBack(request: Guesser, reservation: string): Promise<void> {
    return this.limiter.refund('check', reservation, this.dimensionsOf(request), { verificationId: request.id });
  }

  private dimensionsOf({ applicationId, requester, subject }: Guesser): Dimensions {
    return { ...this.countedAs.requester(applicationId, requester), subject: this.countedAs.subject(subject) };
  }
}
