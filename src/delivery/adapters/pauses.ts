import type { PauseReason, ProviderHealth } from '../application/provider-health.js';
import type { SubmitOutcome } from '../domain/outcome.js';

/** A throttle that does not say for how long, and the longest that is believed: a code lives minutes. */
const THROTTLED_SECONDS = 1;
const LONGEST_THROTTLE_SECONDS = 60;
/** An empty account and a wrong password stay what they are until somebody acts; now and then one message finds out. */
const REFUSED_SECONDS = 30;

export interface Pause {
  because: PauseReason;
  /** Milliseconds from now. */
  forMs: number;
}

/** What a provider's refusals say about its next message, in this process. */
export class Pauses {
  lastFailure: ProviderHealth['lastFailure'] = null;
  private because: PauseReason = 'throttled';
  private endsAt = 0;

  /** @param now milliseconds since the epoch, by a clock that does not go back. */
  constructor(private readonly now: () => number = () => performance.timeOrigin + performance.now()) {}

  current(): Pause | null {
    const forMs = this.endsAt - this.now();
    return forMs > 0 ? { because: this.because, forMs } : null;
  }

  /** @returns the pause that this outcome makes, if it makes one. */
  learn(outcome: SubmitOutcome): Pause | null {
    if (outcome.kind === 'accepted') return this.worksAgain();
    const failure = outcome.kind === 'ambiguous' ? 'ambiguous' : outcome.failure;
    if (failure === 'rejected') return null;
    this.lastFailure = { at: this.now(), failure, detail: outcome.detail };
    if (failure === 'ambiguous' || failure === 'unreachable') return null;
    return isAboutOne(outcome) ? null : this.pause(failure, secondsOf(failure, retryAfter(outcome)));
  }

  /** A shorter one never cuts a longer one short. */
  private pause(because: PauseReason, seconds: number): Pause | null {
    const endsAt = this.now() + seconds * 1_000;
    if (endsAt <= this.endsAt) return null;
    this.endsAt = endsAt;
    this.because = because;
    return { because, forMs: seconds * 1_000 };
  }

  /** A message taken meanwhile shows that one refusal was not about the account. A throttle is a wish, and stays one. */
  private worksAgain(): null {
    if (this.because !== 'throttled') this.endsAt = 0;
    return null;
  }
}

const isAboutOne = (outcome: SubmitOutcome) => outcome.kind === 'refused' && outcome.scope === 'message';

const retryAfter = (outcome: SubmitOutcome) => (outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined);

function secondsOf(because: PauseReason, asked: number | undefined): number {
  if (because !== 'throttled') return REFUSED_SECONDS;
  return Math.min(Math.max(asked ?? THROTTLED_SECONDS, THROTTLED_SECONDS), LONGEST_THROTTLE_SECONDS);
}
