import type { Log } from '../log/log.js';

const EVERY_MS = 1_000;
/** Many calls fail at once when a primary is lost; what one of them has just found out holds for all. */
const HOLDS_MS = 100;

/** Repeats a look every second, and at once when it is asked to; never two at a time, and it never throws. */
export class Lookout {
  private looking: Promise<void> | null = null;
  private endedAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  /** @param look what it throws is logged: a strange answer must not end the process, and there is another look soon. */
  constructor(
    private readonly look: () => Promise<void>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.now(), EVERY_MS).unref();
  }

  /** Returns when a look is over: one from now, one under way, or one that has just been. */
  now(): Promise<void> {
    if (this.looking) return this.looking;
    if (performance.now() - this.endedAt < HOLDS_MS) return Promise.resolve();
    this.looking = this.once();
    return this.looking;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async once(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.log.failure('redis.look-failed', error);
    } finally {
      this.endedAt = performance.now();
      this.looking = null;
    }
  }
}
