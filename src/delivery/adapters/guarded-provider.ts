import type { Log } from '../../platform/log/log.js';
import { NODE_NAME } from '../../platform/node-name.js';
import { traced } from '../../platform/tracing/traced.js';
import { Provider, type ReportRequest, type SubmitRequest } from '../application/provider.js';
import type { BreakerState, NoLink, Place, ProviderHealth } from '../application/provider-health.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { Bulkhead, Places } from './bulkhead.js';
import { Circuit, type CircuitBounds } from './circuit.js';
import { Line } from './line.js';
import { Pace } from './pace.js';
import { Pauses } from './pauses.js';
import { TellProvider } from './tell-provider.js';

export interface GuardBounds extends CircuitBounds {
  /** Deliveries on their way through this provider at once, in this process. */
  mostAtOnce: number;
  /** Absent: as many as it takes. */
  maxPerSecond?: number | undefined;
}

/** However slow this one is, a quarter of the worker's places stays for the others, and slow ones together leave some, too. */
export const BOUNDS: GuardBounds = {
  ...{ share: 0.5, sends: 20, windowMs: 30_000, tryAgainAfterMs: 10_000 },
  mostAtOnce: 24,
};

/** An adapter has ended by itself long before. Without it, one that does not would hold its place until the process stops. */
const AT_MOST_MS = 5_500;

/** While one message finds out whether somebody is there, the others look in as often, and not all at once. */
const LOOK_IN_MS = 1_000;
const BETWEEN_LOOKS_MS = 25;
/** Links come back within a second. */
const LINK_BACK_MS = 1_000;

/**
 * A provider behind a circuit breaker and a bulkhead (ASVS 16.5.2): one that hangs or is away costs its own messages seconds
 * only a few times, and never takes all of the worker. It is given no more than its pace, and nothing while it wants nothing.
 */
export class GuardedProvider extends Provider {
  readonly id: string;
  readonly channel: Provider['channel'];
  override readonly mostReportBytes: number;
  override readonly reportAnswer: string;
  override readonly polling: Provider['polling'];
  private readonly circuit: Circuit;
  private readonly bulkhead: Bulkhead;
  private readonly pace: Pace | null;
  private readonly pauses = new Pauses();
  /** Those who have no other way to go while the breaker is open. */
  private readonly waiting = new Line(() => performance.now(), 1);
  private readonly tell: TellProvider;

  constructor(
    private readonly inner: Provider,
    log: Log,
    bounds: GuardBounds = BOUNDS,
    places = new Places(1),
  ) {
    super();
    this.id = inner.id;
    this.channel = inner.channel;
    this.mostReportBytes = inner.mostReportBytes;
    this.reportAnswer = inner.reportAnswer;
    this.polling = inner.polling;
    this.bulkhead = new Bulkhead(bounds.mostAtOnce, places);
    this.pace = bounds.maxPerSecond === undefined ? null : new Pace(bounds.maxPerSecond);
    this.tell = new TellProvider(inner.id, log);
    this.circuit = new Circuit(bounds, (state) => {
      this.tell.breaker(state);
      this.tell.state(this.breakerState());
    });
  }

  /** One that has no link to its gateway is as good as open. */
  override breakerState(): BreakerState {
    const { state } = this.circuit;
    return state === 'closed' ? this.inner.breakerState() : state;
  }

  override health(): ProviderHealth {
    const pause = this.pauses.current();
    return {
      ...{ node: NODE_NAME, breaker: this.breakerState(), inFlight: this.bulkhead.inFlight },
      paused: pause && { until: Date.now() + pause.forMs, because: pause.because },
      noLink: this.noLink(),
      maxPerSecond: this.pace?.perSecond ?? null,
      lastFailure: this.pauses.lastFailure,
    };
  }

  override noLink(): NoLink | null {
    return this.inner.noLink();
  }

  override enter(anyway = false): Place {
    if (this.circuit.leavesAlone()) return { because: 'circuit open', askLater: () => this.nextLook() };
    // So that it is worth asking where nobody else is.
    if (!anyway && this.inner.breakerState() !== 'closed') return { because: 'no link', askLater: () => LINK_BACK_MS };
    const pause = this.pauses.current();
    if (pause && (!anyway || pause.because === 'throttled'))
      return { because: pause.because, againInMs: Math.ceil(pause.forMs) };
    const place = this.pace?.full() ?? this.bulkhead.enter();
    if (!('leave' in place)) return place;
    this.pace?.take();
    const through = this.circuit.letIn();
    return {
      leave: () => {
        through();
        place.leave();
      },
    };
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    const fields = { 'einmal.provider': this.id, 'einmal.attempt.id': request.attemptId };
    const send = () => traced(`submit ${this.id}`, 'client', fields, () => inTime(this.inner.submit(request)));
    try {
      return await this.circuit.run(async () => this.learned(await send()));
    } finally {
      this.tell.state(this.breakerState());
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

  private nextLook(): number {
    return this.waiting.join(Math.max(this.circuit.triesInMs, LOOK_IN_MS), BETWEEN_LOOKS_MS);
  }

  private learned(outcome: SubmitOutcome): SubmitOutcome {
    const pause = this.pauses.learn(outcome);
    if (pause) this.tell.paused(pause);
    return outcome;
  }
}

/** Nobody knows how far an adapter got that does not come back. */
function inTime(submitting: Promise<SubmitOutcome>): Promise<SubmitOutcome> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(resolve, AT_MOST_MS, { kind: 'ambiguous', detail: 'timeout' });
    submitting.then(resolve, reject).finally(() => {
      clearTimeout(late);
    });
  });
}
