import { Injectable } from '@nestjs/common';
import { ApplyReports } from './apply-reports.js';
import { DispatchDelivery } from './dispatch-delivery.js';
import { DueDeliveries, type DueDelivery, type DueInMs } from './ledger.js';
import { TakeNextStep } from './take-next-step.js';

/** Does what a due delivery's state asks for. Sending, retrying, timing out, falling back and recovering all come through here. */
@Injectable()
export class HandleDue {
  constructor(
    private readonly dispatch: DispatchDelivery,
    private readonly nextStep: TakeNextStep,
    private readonly deliveries: DueDeliveries,
    private readonly reports: ApplyReports,
  ) {}

  /** @throws 503 `unavailable` when it could not be decided; the delivery stays due. */
  async execute(due: DueDelivery): Promise<DueInMs> {
    switch (due.status) {
      case 'queued':
        return this.dispatch.execute(due);
      case 'submitting':
        return this.countAsSent(due);
      case 'sent':
        return this.giveUpWaiting(due);
      case 'failed':
      case 'unconfirmed':
      case 'canceled':
        return this.nextStep.execute(due);
      case 'delivered':
        await this.deliveries.close(due);
        return null;
    }
  }

  /** Its worker is gone since before the provider's answer was recorded: it may have been sent, so it is never sent again. */
  private async countAsSent(due: DueDelivery): Promise<DueInMs> {
    const detail = 'the worker stopped while handing it over';
    const attempt = due.attemptId === null ? undefined : { id: due.attemptId, status: 'ambiguous' as const, detail };
    const dueInMs = await this.deliveries.settle(due, { status: 'sent' }, attempt);
    await this.reports.waitingFor(due.id);
    return dueInMs;
  }

  /** No final report in time. One that was stored but not applied, because a process died in between, comes first. */
  private async giveUpWaiting(due: DueDelivery): Promise<DueInMs> {
    await this.reports.waitingFor(due.id);
    return this.deliveries.settle(due, { status: 'unconfirmed' });
  }
}
