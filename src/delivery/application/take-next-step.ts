import { Injectable } from '@nestjs/common';
import { observe, observed } from '../../shared/observations.js';
import { reached } from '../../shared/steps.js';
import { chooseNextStep } from '../domain/choose-next-step.js';
import { DeliveryHistory, DueDeliveries, type DueDelivery, type DueInMs } from './ledger.js';
import { MessageSource, type MessagePlan } from './ports.js';
import { Routes } from './routes.js';

/** Takes the step after a delivery that ended without arriving: the next channel, or none. */
@Injectable()
export class TakeNextStep {
  constructor(
    private readonly source: MessageSource,
    private readonly history: DeliveryHistory,
    private readonly deliveries: DueDeliveries,
    private readonly routes: Routes,
  ) {}

  /**
   * Exactly once, whoever else tries: `advance` is the guard, this delivery's row only remembers that there is something to do.
   *
   * @param due a held delivery in `failed`, `unconfirmed` or `canceled`.
   * @throws 503 `unavailable` when that can not be decided now; it stays to be done.
   */
  async execute(due: DueDelivery): Promise<DueInMs> {
    const plan = await this.source.plan(due.messageId);
    // Over, or somebody (the user's resend) has taken the step: that one looks after itself.
    if (plan?.step !== due.step) {
      await this.deliveries.close(due);
      return null;
    }
    const { advanced, note } = await this.advance(due, plan);
    await this.deliveries.close(due, note);
    return advanced ? 0 : null;
  }

  private async advance(due: DueDelivery, plan: MessagePlan): Promise<{ advanced: boolean; note?: string }> {
    const steps = await this.history.steps(due.messageId);
    const ended = steps.find(({ step }) => step === due.step);
    if (!ended) return { advanced: false };
    const { channels, sendsLeft, tryOtherProvider } = plan;
    const route = tryOtherProvider ? this.routes.to(due.channel, due.country).map(({ id }) => id) : [];
    const { secondsLeft, reportTimeoutSeconds } = due;
    const next = chooseNextStep({ ended, steps, channels, sendsLeft, secondsLeft, reportTimeoutSeconds, route });
    if (next.kind === 'stop') return { advanced: false, note: next.reason };
    const { channel, reason } = next;
    const taken = await this.source.advance(due.messageId, due.step, { channel, origin: 'fallback', reason });
    if (taken === null) return { advanced: false };
    reached('fallback:advanced');
    if (observed()) observe({ kind: 'fallback-taken', from: due.channel, to: channel, because: due.status });
    return { advanced: true };
  }
}
