import { BrokenCircuitError, circuitBreaker, CircuitState, handleWhenResult, SamplingBreaker } from 'cockatiel';
import type { Log } from '../../platform/log/log.js';
import { traced } from '../../platform/tracing/traced.js';
import { observe, observed } from '../../shared/observations.js';
import {
  Provider,
  type BreakerState,
  type Place,
  type Polling,
  type ReportRequest,
  type SubmitRequest,
} from '../application/ports.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { Bulkhead, Places } from './bulkhead.js';

export interface GuardBounds {
  /** Opens when at least this share of at least so many sends within the window got no answer. */
  share: number;
  sends: number;
  windowMs: number;
  /** One send tries again after this long. */
  tryAgainAfterMs: number;
  /** Deliveries on their way through this provider at once, in this process. */
  mostAtOnce: number;
}

/** However slow this one is, a quarter of the worker's places stays for the others, and slow ones together leave some, too. */
const BOUNDS: GuardBounds = { share: 0.5, sends: 20, windowMs: 30_000, tryAgainAfterMs: 10_000, mostAtOnce: 24 };

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
 * rules of their own, and sending less often helps against none but the first, which says itself for how long.
 */
const isSilence = (outcome: SubmitOutcome) =>
  outcome.kind === 'ambiguous' || (outcome.kind === 'refused' && outcome.failure === 'unreachable');

/**
 * A provider behind a circuit breaker and a bulkhead (ASVS 16.5.2): one that hangs or is away costs its own messages seconds
 * only a few times, and never takes all of the worker. While there is little to send, the breaker looks back further than its
 * window, at the last sends there were.
 */
export class GuardedProvider extends Provider {
  readonly id: string;
  readonly channel: Provider['channel'];
  override readonly reportAnswer: string;
  override readonly polling: Polling | null;
  private readonly circuit;
  private readonly bulkhead: Bulkhead;

  constructor(
    private readonly inner: Provider,
    log: Log,
    bounds: GuardBounds = BOUNDS,
    places = new Places(1),
  ) {
    super();
    this.id = inner.id;
    this.channel = inner.channel;
    this.reportAnswer = inner.reportAnswer;
    this.polling = inner.polling;
    this.bulkhead = new Bulkhead(bounds.mostAtOnce, places);
    const { share, sends, windowMs, tryAgainAfterMs } = bounds;
    // The library opens above its figures, not at them.
    const rates = { threshold: share - 1e-6, duration: windowMs, minimumRps: (sends / windowMs) * 1_000 - 1e-6 };
    this.circuit = circuitBreaker(
      handleWhenResult((result) => isSilence(result as SubmitOutcome)),
      { halfOpenAfter: tryAgainAfterMs, breaker: new SamplingBreaker(rates) },
    );
    this.circuit.onStateChange((state) => {
      log.warn('provider.breaker', { provider: this.id, state: STATES[state] });
      this.tellState();
    });
  }

  /** One that has no link to its gateway is as good as open. */
  override breakerState(): BreakerState {
    const state = STATES[this.circuit.state];
    return state === 'closed' ? this.inner.breakerState() : state;
  }

  override enter(): Place {
    return this.bulkhead.enter();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    // The library would have it wait for the one that tries, longer than a submit may take.
    if (this.circuit.state === CircuitState.HalfOpen) return NOT_ASKED;
    try {
      const fields = { 'einmal.provider': this.id, 'einmal.attempt.id': request.attemptId };
      return await this.circuit.execute(() =>
        traced(`submit ${this.id}`, 'client', fields, () => this.inner.submit(request)),
      );
    } catch (error) {
      if (error instanceof BrokenCircuitError) return NOT_ASKED;
      throw error;
    } finally {
      this.tellState();
    }
  }

  readReports(request: ReportRequest): ReturnType<Provider['readReports']> {
    return this.inner.readReports(request);
  }

  override answerCall(...asked: Parameters<Provider['answerCall']>): ReturnType<Provider['answerCall']> {
    return this.inner.answerCall(...asked);
  }

  override open(): void {
    this.inner.open();
  }

  override close(): Promise<void> {
    return this.inner.close();
  }

  private tellState(): void {
    if (observed()) observe({ kind: 'breaker-state', provider: this.id, state: this.breakerState() });
  }
}
