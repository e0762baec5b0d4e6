import { Injectable } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';
import { LedgerClock } from '../platform/postgres/ledger-clock.js';
import { DomainError } from '../shared/domain-error.js';
import { Figures, type StatsRow } from './figures.js';
import { deliveries, refusals, verifications, type StatsGroup } from './stats-sql.js';

export interface StatsOrder {
  /** Null: of all applications. */
  applicationId: string | null;
  from: Date;
  until: Date;
  bucketSeconds: number;
  groupBy?: StatsGroup | undefined;
}

interface Place {
  at: Date;
  name: string | null;
}
type Counted = Partial<
  Record<'started' | 'approved' | 'sent' | 'delivered' | 'failed' | 'unconfirmed' | 'fallbacks', number>
>;
type Refused = Place & { rule: string; enforced: boolean; acts: number };

/** Readers at a time on one node: figures may take a second, and connections are for those who log in. */
const MOST_AT_ONCE = 2;

/** Adds up what happened to an application's verifications and messages over time. */
@Injectable()
export class ReadStats {
  private running = 0;

  constructor(
    private readonly database: Database,
    private readonly ledgerClock: LedgerClock,
  ) {}

  /** The ledger's time: what is told was dated by it. @throws 503 `unavailable` */
  async now(): Promise<Date> {
    return new Date(await this.ledgerClock.now());
  }

  /**
   * @returns a row for each bucket, and group, in which anything happened, oldest first.
   * @throws 503 `overloaded` while others read; `unavailable` when it takes more than 5 s, or Postgres is away.
   */
  async execute(order: StatsOrder): Promise<StatsRow[]> {
    if (this.running >= MOST_AT_ONCE) throw busy();
    this.running += 1;
    try {
      return await this.read(order);
    } catch (error) {
      throw error instanceof DomainError ? tooMuch() : error;
    } finally {
      this.running -= 1;
    }
  }

  private async read({ applicationId, from, until, bucketSeconds, groupBy }: StatsOrder): Promise<StatsRow[]> {
    const scope = { ofAll: applicationId === null, groupBy };
    const values = [applicationId, from, until, `${String(bucketSeconds)} seconds`];
    const figures = new Figures();
    // One after the other: nobody needs figures so soon that they may take three connections.
    for (const sql of [verifications(scope), deliveries(scope)])
      for (const { at, name, ...counted } of await this.database.query<Place & Counted>(sql, values))
        figures.count(at, name, counted);
    for (const { at, name, ...refused } of await this.database.query<Refused>(refusals(scope), values))
      figures.refuse(at, name, refused);
    return figures.rows();
  }
}

const busy = () =>
  new DomainError('unavailable', 'overloaded', 'Others are reading figures on this node. Try again shortly.', {
    retryAfterSeconds: 2,
  });

const tooMuch = () =>
  new DomainError('unavailable', 'unavailable', 'The figures could not be had in time. Ask for less, or try again.', {
    retryAfterSeconds: 5,
  });
