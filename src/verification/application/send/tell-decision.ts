import { Injectable } from '@nestjs/common';
import { Decisions } from '../../../limits/application/ports.js';
import type { CheckRequest } from '../check/check-request.js';
import { CountedAs, type Send } from '../counted-as.js';

/** A guess that somebody judged. */
export type ToldCheck = Pick<CheckRequest, 'applicationId' | 'requester' | 'subject'> & { id?: string };

type Said = 'screened' | 'suspected';

/**
 * Puts what others than limits said of a send or a check beside what limits said, so that one place tells why it was refused, also
 * where no verification came of it.
 */
@Injectable()
export class TellDecision {
  constructor(
    private readonly decisions: Decisions,
    private readonly countedAs: CountedAs,
  ) {}

  /** Its country, its kind of number, a list or a missing price is in the way. */
  screened(send: Send, reason: string): void {
    this.record(send, { outcome: 'screened', refusedBy: [reason], shadowedBy: [] });
  }

  /** Detectors of fraud refused it, or would have. Never waits and never throws. */
  suspected(send: Send, by: { refusedBy?: string[]; shadowedBy?: string[] }): void {
    const { refusedBy = [], shadowedBy = [] } = by;
    if (refusedBy.length + shadowedBy.length === 0) return;
    this.record(send, { outcome: 'suspected', refusedBy, shadowedBy });
  }

  /** A guess was refused before anything was compared: by the block list, or by a detector. */
  check({ applicationId, id, requester, subject }: ToldCheck, said: { outcome: Said; refusedBy: string[] }): void {
    const named = this.countedAs.subject(subject);
    const dimensions = {
      ...this.countedAs.requester(applicationId, requester),
      ...(named !== undefined && { subject: named }),
    };
    const about = { on: 'check', applicationId, verificationId: id ?? null, dimensions } as const;
    this.decisions.record({ ...about, ...said, shadowedBy: [] });
  }

  private record(send: Send, said: { outcome: Said; refusedBy: string[]; shadowedBy: string[] }): void {
    const { applicationId, verificationId, deliveryId: act, channel, cooldown } = send;
    const dimensions = this.countedAs.send(send);
    const about = { on: 'send', applicationId, verificationId, dimensions, channel, act, fallback: !cooldown } as const;
    this.decisions.record({ ...about, ...said });
  }
}
