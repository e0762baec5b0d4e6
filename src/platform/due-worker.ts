import { DomainError } from '../shared/domain-error.js';
import type { Log, LogFields } from './log/log.js';

const POLL_MS = 1_000;
const LONGEST_BACKOFF_MS = 8_000;
const DRAIN_MS = 20_000;
/** Failures in a row after which it is not the rows that are broken, but what they need. */
const OUTAGE = 3;

/** Rows of a table that are a queue: `due_at` says when, a lease by whom. */
export interface DueWork<Row> {
  /** Begins the names of its log lines: `<name>.claim-failed`, `<name>.<row>-failed`, `<name>.release-failed`. */
  name: string;
  /** What a row is called in them. */
  rowIs: string;
  log: Log;
  /** Rows that one process has in hand at once. */
  places: number;
  claim(room: number): Promise<Row[]>;
  /** @returns in how many milliseconds something is due because of it; null when nothing is soon. */
  handle(row: Row): Promise<number | null>;
  /** Ends the leases: the rows are due again then. */
  release(rows: Row[], inMs: number): Promise<void>;
  /** By what a row is found that could not be handled. */
  logged(row: Row): LogFields;
  /** Told whenever it changes. */
  load?(inFlight: number): void;
}

/**
 * Claims due rows and has them handled, so many at a time. A nudge wakes it at once, a slow poll is the backstop. It never
 * dies: while Postgres or Redis are away it logs and backs off; whatever it held then is due again by itself.
 */
export class DueWorker<Row> {
  private readonly inFlight = new Set<Promise<void>>();
  private running: Promise<void> | null = null;
  private stopping = false;
  /** Something became due since the last look. */
  private awake = false;
  private wakeable = false;
  private endSleep: () => void = () => undefined;
  private claimFailures = 0;
  private failuresInARow = 0;

  constructor(private readonly work: DueWork<Row>) {}

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  /** Takes nothing new and lets what is in flight finish for up to 20 s; the rest is left to its leases. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endSleep();
    await this.running;
    this.running = null;
    const patience = new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref());
    await Promise.race([Promise.allSettled(this.inFlight), patience]);
  }

  /** @returns whether there is room to look at once. */
  wake(): boolean {
    this.awake = true;
    if (this.wakeable) this.endSleep();
    return !this.stopping && this.inFlight.size < this.work.places;
  }

  private async run(): Promise<void> {
    while (!this.stopping) await this.turn();
  }

  private async turn(): Promise<void> {
    this.awake = false;
    const room = this.work.places - this.inFlight.size;
    const due = room > 0 ? await this.claim(room) : [];
    if (this.stopping) return this.giveBack(due, 0);
    for (const row of due) this.take(row);
    const backoffMs = this.backoffMs();
    if (backoffMs > 0) await this.sleep(backoffMs, false);
    else if (room === 0 || due.length < room) await this.sleepUnlessAwake();
  }

  private async claim(room: number): Promise<Row[]> {
    try {
      const due = await this.work.claim(room);
      this.claimFailures = 0;
      return due;
    } catch (error) {
      this.claimFailures += 1;
      this.failed('claim', error);
      return [];
    }
  }

  private take(row: Row): void {
    const handling = this.handle(row).then((dueInMs) => {
      const wasFull = this.inFlight.size === this.work.places;
      this.inFlight.delete(handling);
      this.work.load?.(this.inFlight.size);
      if (wasFull || dueInMs === 0) this.wake();
      else if (dueInMs !== null) setTimeout(() => this.wake(), dueInMs).unref();
    });
    this.inFlight.add(handling);
    this.work.load?.(this.inFlight.size);
  }

  private async handle(row: Row): Promise<number | null> {
    try {
      const dueInMs = await this.work.handle(row);
      this.failuresInARow = 0;
      return dueInMs;
    } catch (error) {
      this.failuresInARow += 1;
      this.failed(this.work.rowIs, error, this.work.logged(row));
      // Only an outage is worth trying again soon; anything else waits for the lease, so that a bug does not spin.
      if (error instanceof DomainError) await this.giveBack([row], POLL_MS);
      return null;
    }
  }

  private async giveBack(rows: Row[], inMs: number): Promise<void> {
    if (rows.length === 0) return;
    await this.work.release(rows, inMs).catch((error: unknown) => {
      this.failed('release', error);
    });
  }

  /** The worker goes on. */
  private failed(what: string, error: unknown, fields: LogFields = {}): void {
    const { log, name } = this.work;
    log.failure(`${name}.${what}-failed`, error, fields);
  }

  /** Nudges do not shorten it: they would turn an outage into a busy loop. */
  private backoffMs(): number {
    if (this.claimFailures > 0) return Math.min(POLL_MS * 2 ** (this.claimFailures - 1), LONGEST_BACKOFF_MS);
    if (this.failuresInARow < OUTAGE) return 0;
    this.failuresInARow = 0;
    return POLL_MS;
  }

  private async sleepUnlessAwake(): Promise<void> {
    if (!this.awake) await this.sleep(POLL_MS, true);
  }

  private async sleep(ms: number, wakeable: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeable = wakeable;
      this.endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeable = false;
  }
}
