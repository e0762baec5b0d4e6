import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { DecisionLog, RETENTION_HOURS } from '../application/decision-log.js';

const FORGET_EVERY_MS = 60_000;
const BATCH = 5_000;
/** Others get their turn after this many. */
const MOST_BATCHES = 100;

/** Deletes decisions that are past their time, on every node that works; what one holds the others leave alone. */
@Injectable()
export class DecisionsHousekeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private busy = false;

  constructor(
    private readonly decisions: DecisionLog,
    private readonly runtime: Runtime,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.runtime.env.role === 'api') return;
    this.timer = setInterval(() => void this.run(), FORGET_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.forget();
    } catch (error) {
      this.log.failure('housekeeping.failed', error, { name: 'decisions' });
    } finally {
      this.busy = false;
    }
  }

  private async forget(): Promise<void> {
    for (let n = 0; n < MOST_BATCHES; n += 1) {
      const gone = await this.decisions.forget(RETENTION_HOURS, BATCH);
      if (gone < BATCH) break;
    }
  }
}
