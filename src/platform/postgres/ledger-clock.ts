import type { Clock } from '../../shared/clock.js';
import type { Database } from './database.js';

/** Clocks drift by less than a tenth of a second in that time. */
const KNOWN_FOR_MS = 60_000;

/**
 * The ledger's time, as one process knows it: what several nodes write and compare is dated by this and not by their own clocks, of
 * which one may be an hour off.
 */
export class LedgerClock {
  private knownAt = -Infinity;
  private knownMs = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds since the Unix epoch. @throws 503 `unavailable` */
  async now(): Promise<number> {
    return (await this.aheadMs()) + this.clock.now();
  }

  /**
   * How far the ledger is ahead of this process's clock, in milliseconds. The same number for about a minute, so that what is dated
   * with it stays in its order.
   *
   * @throws 503 `unavailable`
   */
  async aheadMs(): Promise<number> {
    const askedAt = performance.now();
    if (askedAt - this.knownAt < KNOWN_FOR_MS) return this.knownMs;
    const [row] = await this.database.query<{ now: number }>('SELECT extract(epoch FROM now())::float8 * 1000 AS now');
    // Where tests shift the clock, the ledger is shifted with it. Whole milliseconds, which cursors are made of.
    this.knownMs = Math.round((row?.now ?? NaN) + this.clock.offsetMs - this.clock.now());
    this.knownAt = askedAt;
    return this.knownMs;
  }
}
