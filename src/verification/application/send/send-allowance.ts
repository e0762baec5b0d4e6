import { Injectable } from '@nestjs/common';
import type { JudgedSend, Judgement } from '../../../fraud/application/judge-send.js';
import type { SpendTerms } from '../../../spending/application/spend-caps.js';
import { COOLDOWN_RULE, type LimitDecision } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import { both } from '../../../shared/both.js';
import type { DomainError } from '../../../shared/domain-error.js';
import type { Micros } from '../../../shared/money.js';
import { addressFor } from '../../../shared/recipient.js';
import { noAddress, noPrice, recipientRefused, suspected } from '../../domain/refusals.js';
import type { Send, WordedSend } from '../counted-as.js';
import { SendLimits } from './send-limits.js';
import { SendPrice } from './send-price.js';
import { SendScreening } from './send-screening.js';
import { SendSuspicion } from './send-suspicion.js';
import { TellDecision } from './tell-decision.js';

export type SendDecision =
  /**
   * `pauseMs`: until the recipient's short pause between two sends is over. `failuresCountedAs`: the name wrong guesses get.
   * `priceMicros`: what it was counted for, null where no price is known. `leastCodeLength`: a new code has so many digits, whatever
   * was asked for.
   */
  | {
      kind: 'allowed';
      pauseMs: number;
      failuresCountedAs: string;
      priceMicros: Micros | null;
      leastCodeLength: number;
    }
  | RefusedSend;

/** Nothing was counted. `refusal` is for who asked, `reason` for the timeline. */
export interface RefusedSend {
  kind: 'refused';
  refusal: DomainError;
  reason: string;
}

/** Limits and caps have counted it; detectors have only been asked, and count it next. */
export type Admission = RefusedSend | (Extract<SendDecision, { kind: 'allowed' }> & { judged: JudgedSend });

/** A send with what is taken for it. */
interface Asked {
  send: Send;
  judged: JudgedSend;
  terms: Extract<SpendTerms, { kind: 'priced' }>;
}

/**
 * Whether one more message may go to an address: first what memory can tell (countries, lists, prices), then limits and
 * detectors in one trip. Every send counts in its windows: start, resend and fallback alike. Detectors count only what limits
 * allowed, one trip later.
 */
@Injectable()
export class SendAllowance {
  constructor(
    private readonly sendScreening: SendScreening,
    private readonly sendPrice: SendPrice,
    private readonly sendLimits: SendLimits,
    private readonly suspicion: SendSuspicion,
    private readonly tell: TellDecision,
  ) {}

  /** Whoever was admitted is counted by {@link count} or given back by {@link refund}. */
  async admit(send: WordedSend): Promise<Admission> {
    const { applicationId, channel, to, requester, wording } = send;
    const address = addressFor(channel, to);
    if (!address) return { kind: 'refused', refusal: noAddress(channel), reason: 'no address for this channel' };
    const screened = await this.sendScreening.screen({ applicationId, channel, address, ip: requester.ip });
    if (screened.kind === 'refused') {
      this.tell.screened(send, screened.reason);
      return { kind: 'refused', refusal: recipientRefused(screened), reason: `refused: ${screened.reason}` };
    }
    const terms = await this.sendPrice.termsOf({ applicationId, channel, address, wording });
    if (terms.kind === 'no-price') {
      this.tell.screened(send, 'no-price');
      return { kind: 'refused', refusal: noPrice(channel), reason: 'refused: no-price' };
    }

    const judged: JudgedSend = { ...send, address, safe: screened.safe };
    const [limited, judgement] = await both(
      { take: this.sendLimits.take(send, terms.caps), undo: () => this.sendLimits.refund(send) },
      { take: this.suspicion.judge(judged) },
    );
    return this.together({ send, judged, terms }, { limited, judgement });
  }

  /**
   * Tells detectors of a send that was admitted. It can run beside what makes the send happen.
   *
   * @returns null when they counted it; else why it must not happen after all: many at once pass before the first is counted.
   */
  async count(send: Send, judged: JudgedSend): Promise<RefusedSend | null> {
    const judgement = await this.suspicion.count(judged);
    return judgement.kind === 'refused' ? this.suspected(send, judgement) : null;
  }

  /** {@link admit} and {@link count} in one, two trips. */
  async take(send: WordedSend): Promise<SendDecision> {
    const admission = await this.admit(send);
    if (admission.kind === 'refused') return admission;
    let counted = false;
    try {
      const refused = await this.count(send, admission.judged);
      counted = !refused;
      return refused ?? admission;
    } finally {
      if (!counted) await this.refund(send).catch(() => undefined);
    }
  }

  /** The send did not happen: gives back exactly what was counted. Idempotent. */
  async refund(send: Send): Promise<void> {
    const address = addressFor(send.channel, send.to);
    if (!address) return;
    await Promise.all([this.sendLimits.refund(send), this.suspicion.undo({ ...send, address, safe: false })]);
  }

  private async together(
    { send, judged, terms }: Asked,
    { limited, judgement }: { limited: LimitDecision; judgement: Judgement },
  ): Promise<Admission> {
    if (limited.kind === 'refused') {
      this.sendLimits.watch(send, terms.caps, limited);
      return { kind: 'refused', refusal: refusedByLimits(limited), reason: `limited: ${limited.rules.join(', ')}` };
    }
    if (judgement.kind === 'refused') {
      // What is decided is answered: a count that can not be taken back now ends by itself.
      await this.sendLimits.refund(send).catch(() => undefined);
      return this.suspected(send, judgement);
    }
    this.tell.suspected(send, { shadowedBy: judgement.shadowed });
    this.sendLimits.watch(send, terms.caps, limited);
    const pauseMs = limited.fullForMs[COOLDOWN_RULE] ?? 0;
    return {
      ...{ kind: 'allowed', judged, pauseMs, priceMicros: terms.micros },
      leastCodeLength: judgement.leastCodeLength ?? 0,
      failuresCountedAs: this.sendLimits.failuresCountedAs(send),
    };
  }

  private suspected(send: Send, judgement: Extract<Judgement, { kind: 'refused' }>): RefusedSend {
    this.tell.suspected(send, { refusedBy: judgement.reasons });
    return { kind: 'refused', refusal: suspected(judgement), reason: `suspected: ${judgement.reasons.join(', ')}` };
  }
}
