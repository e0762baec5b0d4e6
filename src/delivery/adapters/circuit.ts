import { BrokenCircuitError, circuitBreaker, CircuitState, handleWhenResult, SamplingBreaker } from 'cockatiel';
import type { BreakerState } from '../application/provider-health.js';
import type { SubmitOutcome } from '../domain/outcome.js';

export interface CircuitBounds {
  /** Opens when at least this share of at least so many sends within the window got no answer. */
  share: number;
  sends: number;
  windowMs: number;
  /** One send tries again after this long. */
  tryAgainAfterMs: number;
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** Refused before anything was sent, so that the next provider or channel takes the message at once. */
const NOT_ASKED: SubmitOutcome = { kind: 'refused', failure: 'unreachable', cause: 'provider', detail: 'circuit open' };

/**
 * Whether nobody answered. A throttle, an empty account and a wrong password are answers of a provider that works: they have
 * rules of their own (see Pauses), and sending less often helps against none but the first, which says itself for how long.
 */
const isSilence = (outcome: SubmitOutcome) =>
  outcome.kind === 'ambiguous' || (outcome.kind === 'refused' && outcome.failure === 'unreachable');

/**
 * Opens when a provider does not answer, and lets one message find out whether it answers again. While there is little to
 * send, it looks back further than its window, at the last sends there were.
 */
export class Circuit {
  private readonly policy;
  private openedAt = 0;
  /** A message is on its way to find out. */
  private trying = false;

  constructor(
    private readonly bounds: CircuitBounds,
    changed: (state: BreakerState) => void,
  ) {
    const { share, sends, windowMs, tryAgainAfterMs } = bounds;
    // The library opens above its figures, not at them.
    const rates = { threshold: share - 1e-6, duration: windowMs, minimumRps: (sends / windowMs) * 1_000 - 1e-6 };
    this.policy = circuitBreaker(
      handleWhenResult((result) => isSilence(result as SubmitOutcome)),
      { halfOpenAfter: tryAgainAfterMs, breaker: new SamplingBreaker(rates) },
    );
    this.policy.onStateChange((state) => {
      if (state === CircuitState.Open) this.openedAt = performance.now();
      changed(STATES[state]);
    });
  }

  get state(): BreakerState {
    return STATES[this.policy.state];
  }

  /** In how many milliseconds a message may find out; 0 while it could. */
  get triesInMs(): number {
    return Math.max(0, this.openedAt + this.bounds.tryAgainAfterMs - performance.now());
  }

  /** Whether a message is not to be sent: it is open, or another one is finding out. */
  leavesAlone(): boolean {
    if (this.state === 'closed') return false;
    // The library says so only to whoever sends.
    return this.trying || this.state === 'half-open' || this.triesInMs > 0;
  }

  /** A message is let in. @returns is to be called when it is through. */
  letIn(): () => void {
    if (this.state === 'closed') return () => undefined;
    this.trying = true;
    return () => {
      this.trying = false;
    };
  }

  async run(submit: () => Promise<SubmitOutcome>): Promise<SubmitOutcome> {
    // The library would have it wait for the one that tries, longer than a submit may take.
    if (this.state === 'half-open') return NOT_ASKED;
    try {
      return await this.policy.execute(submit);
    } catch (error) {
      if (error instanceof BrokenCircuitError) return NOT_ASKED;
      throw error;
    }
  }
}
