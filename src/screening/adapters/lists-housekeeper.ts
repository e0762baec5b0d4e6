import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { ListUpkeep } from '../application/ports.js';

const FORGET_EVERY_MS = 10 * 60_000;
const REKEY_EVERY_MS = 5_000;
const BATCH = 500;
/** Others get their turn after this many. */
const MOST_BATCHES = 50;

/** Looks after the lists from time to time, on every node that works. A failed round is tried again at the next. */
@Injectable()
export class ListsHousekeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly busy = new Set<string>();

  constructor(
    private readonly upkeep: ListUpkeep,
    private readonly runtime: Runtime,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.runtime.env.role === 'api') return;
    this.every(FORGET_EVERY_MS, 'forget', () => this.upkeep.forget(BATCH));
    this.every(REKEY_EVERY_MS, 'reseal', () => this.upkeep.rekey(BATCH));
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
      // Under the names of the other housekeeping: who drops an old secret waits until `housekeeping.reseal` is heard no more.
      if (changed > 0) this.log.info(`housekeeping.${name}`, { rows: changed, of: 'lists' });
    } catch (error) {
      this.log.failure('housekeeping.failed', error, { name: `${name} lists` });
    } finally {
      this.busy.delete(name);
    }
  }
}

async function untilDone(round: () => Promise<number>): Promise<number> {
  let changed = 0;
  for (let n = 0; n < MOST_BATCHES; n += 1) {
    const more = await round();
    changed += more;
    if (more === 0) break;
  }
  return changed;
}
