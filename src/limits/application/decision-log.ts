import type { Dimensions, LimitOn } from '../domain/rule.js';
import type { Outcome } from './ports.js';

/** How long decisions are kept. They name people only by keys, and last as long as the question why a code did not come. */
export const RETENTION_HOURS = 72;

/** A decision as it was written down. */
export interface LoggedDecision {
  /** A number that only tells decisions of one moment apart. */
  id: string;
  atMs: number;
  applicationId: string;
  on: LimitOn;
  /** `not-recorded`: acts that were only counted, `times` of them, because more came than are written down one by one. */
  outcome: Outcome | 'not-recorded';
  times: number;
  act: string | null;
  verificationId: string | null;
  channel: string | null;
  dimensions: Dimensions;
  fallback: boolean;
  lockedAs: string | null;
  refusedBy: string[];
  shadowedBy: string[];
}

/** A place between two decisions. */
export interface DecisionPlace {
  atMs: number;
  id: string;
}

/** Which decisions are looked for; what is absent does not matter. */
export interface DecisionQuery {
  /** Null: of all applications. */
  applicationId: string | null;
  on?: LimitOn | undefined;
  outcome?: LoggedDecision['outcome'] | undefined;
  refusedBy?: string | undefined;
  shadowedBy?: string | undefined;
  verificationId?: string | undefined;
  /** As limits count it. */
  ip?: string | undefined;
  /** The keyed names limits may count a recipient under. */
  recipients?: string[] | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
  /** Only those before this place. */
  before?: DecisionPlace | undefined;
  limit: number;
}

/** A decision to be made again, with what became of its verification. */
export interface ReplayedDecision extends LoggedDecision {
  /** Null where there never was such a verification: its start was refused. */
  verificationStatus: string | null;
}

export interface ReplayPage {
  /** Null: of all applications. */
  applicationId: string | null;
  fromMs: number;
  untilMs: number;
  after: DecisionPlace | null;
  limit: number;
}

/** The decisions that were written down. Every method throws 503 `unavailable` when Postgres is away. */
export abstract class DecisionLog {
  /** The time that decisions are dated by, in milliseconds: the ledger's. */
  abstract now(): Promise<number>;

  /** Newest first. */
  abstract find(query: DecisionQuery): Promise<LoggedDecision[]>;

  /** When the `n`-th newest was made, null when there are fewer. */
  abstract nthNewest(applicationId: string | null, n: number): Promise<number | null>;

  /** Oldest first, one page. */
  abstract replay(page: ReplayPage): Promise<ReplayedDecision[]>;

  /** Deletes a batch of those older than `hours`; gives how many. Safe on any number of nodes at once. */
  abstract forget(hours: number, limit: number): Promise<number>;
}
