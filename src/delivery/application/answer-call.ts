import { Injectable } from '@nestjs/common';
import { CallLedger, HEARD } from './call-ledger.js';
import { Callbacks } from './callbacks.js';
import { MessageSource, type Saying } from './ports.js';
import type { CallAnswer } from './provider.js';
import { Routes } from './routes.js';
import { TakeReports } from './take-reports.js';
import { asSigned, type VendorCallback } from './vendor-callback.js';

/** Vendors repeat a question that was not answered within so many seconds; what comes later is a replay and hears nothing. */
const REPEATED_WITHIN_SECONDS = 20;

export type Answered =
  { kind: 'answered'; answer: CallAnswer } | { kind: 'unknown-provider' } | { kind: 'not-authentic' };

/**
 * Tells a vendor how a call goes on once somebody has pressed its key (R37): only then does its code exist. A question that is
 * repeated within seconds is answered with a fresh code, since nobody has heard the former one and no code is kept to be told
 * twice; the former stops being valid. Later ones hear nothing, so that a recorded question is worth nothing.
 *
 * Of questions that are under way at once, whichever the vendor listens to must hear the code that is good: in one process they
 * get the same answer, of several processes only the one that was asked last tells one.
 */
@Injectable()
export class AnswerCall {
  /** What is being said, by send attempt. */
  private readonly underway = new Map<string, Promise<Saying | null>>();

  constructor(
    private readonly routes: Routes,
    private readonly callbacks: Callbacks,
    private readonly calls: CallLedger,
    private readonly source: MessageSource,
    private readonly takeReports: TakeReports,
  ) {}

  /** @throws 503 `unavailable` when it could not be decided; nothing was told. */
  async execute(callback: VendorCallback): Promise<Answered> {
    const { providerId, attemptId = '', mac = '' } = callback;
    const provider = this.routes.provider(providerId);
    if (!provider) return { kind: 'unknown-provider' };
    if (!this.callbacks.isOurCall(providerId, attemptId, mac)) return { kind: 'not-authentic' };
    const say = () => this.sayOnce(providerId, attemptId);
    const answer = await provider.answerCall(asSigned(callback, this.callbacks), say);
    return answer ? { kind: 'answered', answer } : { kind: 'not-authentic' };
  }

  private sayOnce(providerId: string, attemptId: string): Promise<Saying | null> {
    const same = this.underway.get(attemptId);
    if (same) return same;
    const saying = this.say(providerId, attemptId).finally(() => this.underway.delete(attemptId));
    this.underway.set(attemptId, saying);
    return saying;
  }

  /** What was told counts as delivered: the key shows that somebody listens, which no later report of the vendor's can. */
  private async say(providerId: string, attemptId: string): Promise<Saying | null> {
    const call = await this.calls.find(providerId, attemptId);
    if (!call || (call.answeredSecondsAgo ?? 0) > REPEATED_WITHIN_SECONDS) return null;
    const saying = await this.source.afterKey(call.delivery);
    if (saying.kind === 'said')
      await this.takeReports.execute([{ providerId, attemptId, status: 'delivered', detail: HEARD }]);
    return saying;
  }
}
