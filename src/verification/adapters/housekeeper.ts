import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { Housekeeping } from '../application/keep/housekeeping.js';

const EXPIRE_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 10 * 60_000;
const RESEAL_EVERY_MS = 5_000;
const MOST_BATCHES = 200;

/** Calls the housekeeping from time to time, on every node that works. One round at a time; a failed one is tried again. */
@Injectable()
export class Housekeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly busy = new Set<string>();

  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly runtime: Runtime,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.runtime.env.role === 'api') return;
    this.every(EXPIRE_EVERY_MS, 'expire', () => this.housekeeping.expire());
    this.every(FORGET_EVERY_MS, 'forget', () => this.housekeeping.forget());
    this.every(RESEAL_EVERY_MS, 'reseal', () => this.housekeeping.reseal());
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private every(ms: number, name: string, round: () => Promise<number>): void {
    this.timers.push(setInterval(() => void this.run(name, round), ms).unref());
  }

  private async run(name: string, round: () => Promise<number>): Promise<void> {
    if (this.busy.has(name)) return;
    this.busy.add(name);
    try {
      const changed = await untilDone(round);
      if (changed > 0 && name !== 'expire') this.log.info(`housekeeping.${name}`, { rows: changed });
    } catch (error) {
      this.log.failure('housekeeping.failed', error, { name });
    } finally {
      this.busy.delete(name);
    }
  }
}

/** A job works in batches; one call of it goes on until nothing is left, or for so many batches that others get their turn. */
async function untilDone(round: () => Promise<number>): Promise<number> {
  let changed = 0;
  for (let n = 0; n < MOST_BATCHES; n += 1) {
    const more = await round();
    changed += more;
    if (more === 0) break;
  }
  return changed;
}
