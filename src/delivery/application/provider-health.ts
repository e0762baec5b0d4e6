import type { SubmitFailure } from '../domain/outcome.js';

/** Whether a provider is used (`closed`), tried with one message (`half-open`) or left alone (`open`), after its own failures. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** A place among the deliveries on their way through a provider, until it is left; or why there is none now. */
export type Place =
  | { leave: () => void }
  /** It takes messages, and others are before this one. `join` takes the next turn and gives when that is. */
  | { because: 'busy' | 'pace'; againInMs: number; join: () => number }
  /** It has refused a message for a reason that holds for the next one, too. */
  | { because: PauseReason; againInMs: number }
  /** It does not answer. `askLater` gives when it may be asked again, for whoever has no other way to go. */
  | { because: 'circuit open' | 'no link'; askLater: () => number };

/** Why a provider is left alone for a while. Only `throttled` is the vendor's own wish; the others may be asked if nobody else can. */
export type PauseReason = Extract<SubmitFailure, 'throttled' | 'quota' | 'misconfigured'>;

/** Why a provider that keeps a link to its gateway has none now. */
export interface NoLink {
  /** A short code: `bind ESME_RINVPASWD`, `ECONNREFUSED`. */
  because: string;
  /** Epoch milliseconds. */
  triedAgainAt: number;
}

/** What one process knows of a provider, by what it has sent over it itself. */
export interface ProviderHealth {
  /** Name of the process, as its host knows it. */
  node: string;
  breaker: BreakerState;
  /** Left alone until then (epoch milliseconds). */
  paused: { until: number; because: PauseReason } | null;
  /** Null: it has its link, or needs none. */
  noLink: NoLink | null;
  /** What it may be given in a second, by this process; null: as much as it takes. */
  maxPerSecond: number | null;
  inFlight: number;
  /** The last time it did not take a message for a reason of its own, and the short code of that. */
  lastFailure: { at: number; failure: SubmitFailure | 'ambiguous'; detail: string } | null;
}
