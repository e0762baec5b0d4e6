import type { Bucket, Counter } from '../domain/bucket.js';
import type { RuleSet, SavedRule } from '../domain/owned-rule.js';
import type { RuleChange } from '../domain/rule-change.js';
import type { Dimensions, LimitOn, Rule } from '../domain/rule.js';

/** How much of a cap is used up, in its unit. */
export interface Level {
  used: number;
  max: number;
}

export interface Take {
  /** `taken`: every bucket that is enforced had room, and all have counted. `refused`: none has been counted. */
  kind: 'taken' | 'refused';
  /** Per rule that is at its maximum now, milliseconds until it has room again; of a refusal, those in the way. */
  fullForMs: Record<string, number>;
  /** Shadow rules that would have refused it. */
  shadowed: string[];
  /** Per cap, how much of it is used up now. */
  levels: Record<string, Level>;
}

/** Counters in sliding windows, taken all or none. Redis in production, memory when embedded; one contract suite for both. */
export abstract class Counters {
  /**
   * Counts one act in every counter, or in none when a bucket that is asked for is full. Atomic. A refusal changes nothing, so
   * it prolongs nothing. Idempotent by `act` for `RESERVATION_KEPT_MS`: a second call counts nothing and answers `taken`. A
   * shadow bucket does not count what it would have refused, and keeps nobody else from counting it.
   *
   * @param tag what the counters have in common: the hash tag of all keys, so that one script reaches them in Redis Cluster.
   * @param act a name of at most 64 bytes, unique per act.
   * @throws 503 `unavailable` when the store can not be reached: never "unlimited" (ASVS 16.5.3).
   */
  abstract take(tag: string, act: string, counters: Counter[]): Promise<Take>;

  /** Whether `take` would count now, without counting: `taken` when every bucket has room. */
  abstract look(tag: string, counters: Counter[]): Promise<Take>;

  /**
   * Gives an act back wherever it was counted, with what it weighed there and then. Idempotent; an act that is not known
   * changes nothing.
   *
   * @param clearing marks that are taken from every other act in the same step.
   */
  abstract refund(tag: string, act: string, counters: Counter[], clearing?: string): Promise<void>;

  /** Takes marks from every act: the buckets that count them are empty then. */
  abstract clear(tag: string, marks: string, counters: Counter[]): Promise<void>;

  /**
   * Sees to it that sub-buckets of a bucket hold at least so much, by their numbers: what is missing is added. Idempotent, and
   * harmless while others count.
   */
  abstract raise(tag: string, counter: Counter, bucket: Bucket, least: ReadonlyMap<number, number>): Promise<void>;
}

/** Where the rules come from. */
export abstract class RuleBook {
  /**
   * The enabled rules that hold for an application, from memory: those nobody can switch off, the installation's, and its own,
   * which replace an installation's of the same name where that is allowed.
   *
   * @returns the same array until something changes: what is compiled from it is kept beside it.
   */
  abstract rulesOf(applicationId: string): readonly Rule[];
}

/** A change as it is audited. `weakens`: something gets through after it that was refused before (R80). */
export interface DecidedChange extends RuleChange<SavedRule> {
  weakens: boolean;
}

/** Where rules are kept and changed. */
export abstract class RuleLedger {
  /** The installation's rules and one application's, in no order; null: the installation's only. */
  abstract read(applicationId: string | null): Promise<RuleSet<SavedRule>>;

  /**
   * Reads, asks, and writes what is decided, in one step beside which nobody else changes rules. It is audited, holds on this node
   * when this returns, and on all others within 5 s (R79).
   *
   * @param decide throws to change nothing.
   * @returns the rules after it.
   */
  abstract change(
    whose: { applicationId: string | null; actor: string },
    decide: (rules: RuleSet<SavedRule>) => DecidedChange,
  ): Promise<RuleSet<SavedRule>>;
}

/** What was decided about one act. */
export interface Decision {
  on: LimitOn;
  applicationId: string;
  /** The verification the act is about; null where there is none. */
  verificationId: string | null;
  dimensions: Dimensions;
  /** Rules that were full; empty when the act was allowed. */
  refusedBy: string[];
  /** Shadow rules that would have refused it. */
  shadowedBy: string[];
  channel?: string | undefined;
  /** Absent: `refused` where something refused it, else `admitted`. */
  outcome?: Outcome;
  /** The name it is counted under, and given back. */
  act?: string | undefined;
  /** Nobody asked for it: the short pause between two sends did not apply. */
  fallback?: boolean | undefined;
  /** The recipient whose failure budget needed room for a send. */
  lockedAs?: string | undefined;
}

/**
 * What an act came to. `screened` and `suspected`: not limits refused it, but a list or a detector of fraud. `returned`: what was
 * counted was given back. `succeeded`: given back because a guess was right. `unlocked`: an operator forgot a recipient's failures.
 */
export type Outcome = 'admitted' | 'refused' | 'screened' | 'suspected' | 'returned' | 'succeeded' | 'unlocked';

/** Where decisions are kept, to be looked up and replayed against other rules. */
export abstract class Decisions {
  /** Never throws and is not waited for. */
  abstract record(decision: Decision): void;
}

/** Names under which limits count people. */
export abstract class RecipientNames {
  /** @param countedAs as `shared/recipient` writes it. @returns the keyed name under every secret, the newest first. */
  abstract of(countedAs: string): string[];
}
