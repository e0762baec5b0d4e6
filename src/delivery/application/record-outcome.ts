import { Injectable } from '@nestjs/common';
import { afterRefusal, type Refusal } from '../domain/after-refusal.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { ApplyReports } from './apply-reports.js';
import { HandOver, type HandedOver } from './hand-over.js';
import { DueDeliveries, type AttemptEnd, type DueDelivery, type DueInMs, type Settlement } from './ledger.js';
import type { Provider } from './provider.js';
import { SWITCHED_OFF } from './provider-switches.js';

/** A held delivery with the attempt that is being made. */
export interface Attempt {
  due: DueDelivery;
  id: string;
  provider: Provider;
  /** Provider ids of the delivery's route. */
  route: string[];
  /** Why it does not go over who would be first. */
  note: string | undefined;
}

type Submitted = Extract<HandedOver, { kind: 'submitted' }>;

/** While limits or the hot state can not be asked, a delivery waits: 1, 2, 4, 8 s. */
export const pauseMs = (attempts: number) => 1_000 * 2 ** Math.min(attempts - 1, 3);

/** Records what came of an attempt, and where its delivery goes then. */
@Injectable()
export class RecordOutcome {
  constructor(
    private readonly deliveries: DueDeliveries,
    private readonly handOver: HandOver,
    private readonly reports: ApplyReports,
  ) {}

  /** @throws 503 `unavailable` when it could not be recorded: the attempt counts as sent once its lease has passed. */
  execute(attempt: Attempt, result: HandedOver): Promise<DueInMs> {
    const { due, id } = attempt;
    switch (result.kind) {
      case 'submitted':
        return this.recordSubmitted(attempt, result);
      case 'stop': {
        const { reason: note, then } = result;
        const to: Settlement = { status: 'canceled', note, nextStep: then === 'skip' };
        return this.deliveries.settle(due, to, { id, status: 'withdrawn', detail: note });
      }
      case 'too-late': {
        const end: AttemptEnd = { id, status: 'withdrawn', detail: 'too late' };
        return this.deliveries.settle(due, { status: 'queued', inMs: pauseMs(1) }, end);
      }
      case 'switched-off':
        return this.backToQueue(attempt);
    }
  }

  /** Whose turn it is now is asked anew. */
  private async backToQueue({ due, id }: Attempt): Promise<DueInMs> {
    await this.handOver.withdraw(due);
    const end: AttemptEnd = { id, status: 'withdrawn', detail: SWITCHED_OFF };
    return this.deliveries.settle(due, { status: 'queued', inMs: 0 }, end);
  }

  private async recordSubmitted(attempt: Attempt, { outcome, size }: Submitted): Promise<DueInMs> {
    const { due, id, note } = attempt;
    const sent: Settlement = { status: 'sent', ...(note !== undefined && { note }) };
    switch (outcome.kind) {
      case 'accepted': {
        const dueInMs = await this.deliveries.settle(due, sent, { ...accepted(id, outcome), size });
        // Only now do reports that came early under the provider's own id have a delivery.
        if (outcome.providerMessageId !== undefined) await this.reports.waitingFor(due.id);
        return dueInMs;
      }
      case 'ambiguous':
        return this.deliveries.settle(due, sent, { id, status: 'ambiguous', detail: outcome.detail, size });
      case 'refused': {
        // Before the row goes back: the next attempt's text must not be the one that is withdrawn.
        await this.handOver.withdraw(due);
        const end = { id, status: outcome.failure, detail: outcome.detail, size };
        const settlement = afterwards(attempt, outcome);
        const dueInMs = await this.deliveries.settle(due, settlement, end);
        // Only what is recorded to have ended is given back: what will be tried again was not asked for again.
        if (settlement.status === 'failed' && settlement.cause === 'provider') await this.handOver.cameToNothing(due);
        return dueInMs;
      }
    }
  }
}

function accepted(id: string, { detail, providerMessageId }: Extract<SubmitOutcome, { kind: 'accepted' }>): AttemptEnd {
  const known = {
    ...(detail !== undefined && { detail }),
    ...(providerMessageId !== undefined && { providerMessageId }),
  };
  return { id, status: 'accepted', ...known };
}

function afterwards({ due, provider, route }: Attempt, refusal: Refusal): Settlement {
  const next = afterRefusal(refusal, route, [...due.tried, provider.id]);
  return next.kind === 'retry' ? { status: 'queued', inMs: next.inMs } : { status: 'failed', cause: next.cause };
}
