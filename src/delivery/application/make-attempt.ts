import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { reached } from '../../shared/steps.js';
import { HandOver, type HandedOver } from './hand-over.js';
import { DueDeliveries, type AttemptEnd, type DueDelivery, type DueInMs } from './ledger.js';
import { pauseMs, RecordOutcome, type Attempt } from './record-outcome.js';

/** Commits a send attempt, hands the text over, and has recorded what came of it. */
@Injectable()
export class MakeAttempt {
  constructor(
    private readonly deliveries: DueDeliveries,
    private readonly handOver: HandOver,
    private readonly recordOutcome: RecordOutcome,
    private readonly random: Random,
  ) {}

  /** @throws 503 `unavailable` when the message's source or Postgres could not be asked; the delivery stays to be done. */
  async execute(due: DueDelivery, way: Pick<Attempt, 'provider' | 'route' | 'note'>): Promise<DueInMs> {
    const id = this.random.id('att');
    const begun = await this.deliveries.begin(due, { id, providerId: way.provider.id });
    if (!begun) {
      const note = 'an earlier message arrived meanwhile';
      return this.deliveries.settle(due, { status: 'canceled', note, nextStep: false });
    }
    reached('dispatch:submitting');
    const attempt = { due: begun, id, ...way };
    const dueInMs = await this.recordOutcome.execute(attempt, await this.handOverOrPutBack(attempt));
    reached('dispatch:recorded');
    return dueInMs;
  }

  private async handOverOrPutBack({ due, id, provider }: Attempt): Promise<HandedOver> {
    try {
      return await this.handOver.execute(due, id, provider);
    } catch (error) {
      const end: AttemptEnd = { id, status: 'withdrawn', detail: 'the message could not be made' };
      await this.deliveries.settle(due, { status: 'queued', inMs: pauseMs(due.attempts) }, end);
      throw error;
    }
  }
}
