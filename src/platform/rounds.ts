import type { OnApplicationShutdown } from '@nestjs/common';
import type { Log } from './log/log.js';
import type { Runtime } from './runtime.js';

/** Others get their turn after so many batches. */
const MOST_BATCHES = 100;

/** Work that is due from time to time, done in batches. */
export interface Round {
  everyMs: number;
  /** For the logs: `housekeeping.<name>`, and of what. */
  name: string;
  of?: string;
  /** Does one batch; gives how many rows it changed. */
  work: () => Promise<number>;
  /** Happens all the time, and is nothing to tell. */
  silent?: true;
}

/** Goes the rounds on every node that works: one of a kind at a time, batch after batch. A failed one is tried again at its next turn. */
export class Rounds implements OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly runtime: Runtime,
    private readonly log: Log,
  ) {}

  /** From now on until the process stops; on a node that only answers requests, never. */
  begin(round: Round): void {
    if (this.runtime.env.role === 'api') return;
    let going = false;
    const go = async () => {
      if (going) return;
      going = true;
      await this.run(round);
      going = false;
    };
    this.timers.push(setInterval(() => void go(), round.everyMs).unref());
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async run(round: Round): Promise<void> {
    const { name, of } = round;
    try {
      const rows = await untilDone(round);
      if (rows > 0 && !round.silent) this.log.info(`housekeeping.${name}`, { rows, ...(of !== undefined && { of }) });
    } catch (error) {
      this.log.failure('housekeeping.failed', error, { name: of === undefined ? name : `${name} ${of}` });
    }
  }
}

async function untilDone({ work }: Round): Promise<number> {
  let changed = 0;
  for (let n = 0; n < MOST_BATCHES; n += 1) {
    const more = await work();
    changed += more;
    if (more === 0) break;
  }
  return changed;
}
