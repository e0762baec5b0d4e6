import { Injectable } from '@nestjs/common';
import { Decisions } from '../../../limits/application/ports.js';
import { CountedAs, type Send } from '../counted-as.js';

/**
 * Puts what others than limits said of a send beside what limits said, so that one place tells why a code was not sent, also
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

  private record(
    send: Send,
    said: { outcome: 'screened' | 'suspected'; refusedBy: string[]; shadowedBy: string[] },
  ): void {
    const { applicationId, verificationId, deliveryId: act, channel, cooldown } = send;
    const dimensions = this.countedAs.send(send);
    const about = { on: 'send', applicationId, verificationId, dimensions, channel, act, fallback: !cooldown } as const;
    this.decisions.record({ ...about, ...said });
  }
}
