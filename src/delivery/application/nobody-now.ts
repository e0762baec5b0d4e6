import { Injectable } from '@nestjs/common';
import { chooseNextStep, LEAST_SECONDS } from '../domain/choose-next-step.js';
import { HandOver } from './hand-over.js';
import { DeliveryHistory, DueDeliveries, type DueDelivery, type DueInMs } from './ledger.js';
import { MessageSource } from './ports.js';
import { Routes } from './routes.js';

/** What becomes of a delivery whose providers can not take it now: the next channel is there at once, and where there is none it waits. */
@Injectable()
export class NobodyNow {
  constructor(
    private readonly source: MessageSource,
    private readonly history: DeliveryHistory,
    private readonly routes: Routes,
    private readonly deliveries: DueDeliveries,
    private readonly handOver: HandOver,
  ) {}

  /**
   * @param askLater when one of them may be asked again, in milliseconds.
   * @throws 503 `unavailable` when it can not be decided now; the delivery stays queued.
   */
  async execute(due: DueDelivery, note: string | undefined, askLater: () => number): Promise<DueInMs> {
    const inMs = (await this.isLastWay(due)) ? askLater() : Infinity;
    // What is started later could hardly be typed in time.
    if (due.secondsLeft - inMs / 1_000 >= LEAST_SECONDS) return this.deliveries.settle(due, { status: 'queued', inMs });
    // As if each had been asked and had refused.
    const to = { status: 'failed', cause: 'provider', ...(note !== undefined && { note }) } as const;
    const dueInMs = await this.deliveries.settle(due, to);
    await this.handOver.cameToNothing(due);
    return dueInMs;
  }

  /** Whether nothing would follow, did it fail. One that the person has replaced by another is not waited with. */
  private async isLastWay(due: DueDelivery): Promise<boolean> {
    const plan = await this.source.plan(due.messageId);
    if (plan?.step !== due.step) return false;
    const steps = (await this.history.steps(due.messageId)).map((step) =>
      step.step === due.step ? { ...step, status: 'failed' as const, cause: 'provider' as const } : step,
    );
    const ended = steps.find(({ step }) => step === due.step);
    if (!ended) return false;
    const channels = plan.channels.filter((channel) => this.routes.to(channel, due.country).length > 0);
    const { secondsLeft, reportTimeoutSeconds } = due;
    const { sendsLeft } = plan;
    const question = { ended, steps, channels, sendsLeft, secondsLeft, reportTimeoutSeconds, route: [] };
    return chooseNextStep(question).kind === 'stop';
  }
}
