import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { LedgerClock } from '../../platform/postgres/ledger-clock.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { observe, observed } from '../../shared/observations.js';
import { Decisions, type Decision } from '../application/ports.js';
import { DecisionBuffer, type NotRecorded } from './decision-buffer.js';
import { countedRow, INSERT_DECISIONS, rowOf } from './decision-row.js';

const FLUSH_EVERY_MS = 1_000;
const BATCH = 1_000;
/** About 10 MB. More than a process admits in the seconds for which Postgres may be away. */
const SIZE = { most: 20_000, refusalsPerSecond: 100 };

/**
 * Writes decisions down behind everybody's back: about once a second, all that came in one statement. A process that dies takes
 * its last second with it; while Postgres is away they wait, and when too many do, the refused ones are only counted.
 */
@Injectable()
export class PostgresDecisions extends Decisions implements OnApplicationShutdown {
  private readonly buffer = new DecisionBuffer(SIZE);
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | null = null;
  /** Postgres did not take the last ones: they are offered again when the second is over, not with every decision that comes. */
  private failing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledgerClock: LedgerClock,
    private readonly log: Log,
  ) {
    super();
  }

  record(decision: Decision): void {
    this.buffer.add(decision, this.clock.now());
    if (this.buffer.length >= BATCH && !this.failing) void this.flush();
    else this.flushSoon();
  }

  /** The requests are over by now. */
  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.writing;
    await this.flush();
  }

  /** Writes what waits. Never throws; what can not be written waits on. */
  flush(): Promise<void> {
    this.writing ??= this.write().finally(() => (this.writing = null));
    return this.writing;
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, FLUSH_EVERY_MS).unref();
  }

  private async write(): Promise<void> {
    const counted = this.buffer.takeNotRecorded();
    let taken = this.buffer.take(BATCH);
    const now = this.clock.now();
    let rows = [...taken.map(rowOf), ...counted.map((kind) => countedRow(kind, now))];
    try {
      const aheadMs = await this.ledgerClock.aheadMs();
      while (rows.length > 0) {
        await this.database.query(INSERT_DECISIONS, [JSON.stringify(rows), aheadMs]);
        this.tell(counted.splice(0));
        taken = this.buffer.take(BATCH);
        rows = taken.map(rowOf);
      }
      this.failing = false;
    } catch (error) {
      this.failing = true;
      // What Postgres can not store it will not store later: it must not stand in the way of what comes behind it.
      if (error instanceof DomainError) this.buffer.putBack(taken);
      else this.buffer.giveUp(taken);
      this.buffer.putBackNotRecorded(counted);
      this.log.failure('decisions.not-written', error, { waiting: this.buffer.length });
      this.flushSoon();
    }
  }

  private tell(counted: NotRecorded[]): void {
    if (counted.length === 0) return;
    const acts = counted.reduce((sum, { times }) => sum + times, 0);
    this.log.warn('decisions.dropped', {
      acts,
      rules: [...new Set(counted.flatMap((kind) => kind.decision.refusedBy))],
    });
    if (observed()) observe({ kind: 'decisions-dropped', acts });
  }
}
