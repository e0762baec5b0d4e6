import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { traced } from '../../platform/tracing/traced.js';
import { DomainError } from '../../shared/domain-error.js';
import { observe, observed } from '../../shared/observations.js';
import { HandleDue } from '../application/handle-due.js';
import { DueDeliveries, type DueDelivery } from '../application/ledger.js';
import { PLACES } from './bulkhead.js';
import { WakeUp } from './wake-up.js';

const POLL_MS = 1_000;
const LONGEST_BACKOFF_MS = 8_000;
const DRAIN_MS = 20_000;
/** Failures in a row after which it is not the deliveries that are broken, but what they need. */
const OUTAGE = 3;

/**
 * Claims due deliveries and has them handled, up to 32 at a time. A nudge wakes it at once, a slow poll is the backstop. It
 * never dies: while Postgres or Redis are away it logs and backs off; whatever it held then is due again by itself.
 */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly inFlight = new Set<Promise<void>>();
  private running: Promise<void> | null = null;
  private stopping = false;
  /** Something became due since the last look. */
  private awake = false;
  private wakeable = false;
  private endSleep: () => void = () => undefined;
  private claimFailures = 0;
  private failuresInARow = 0;

  constructor(
    private readonly deliveries: DueDeliveries,
    private readonly handleDue: HandleDue,
    private readonly wakeUp: WakeUp,
    private readonly log: Log,
    private readonly runtime: Runtime,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.runtime.env.role !== 'api') await this.start();
  }

  /** Before connections close: what is in flight still records its outcome. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  async start(): Promise<void> {
    this.stopping = false;
    this.running ??= this.run();
    await this.wakeUp.listen(() => this.wake());
  }

  /** Takes nothing new and lets what is in flight finish for up to 20 s; the rest is left to its leases. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.stopListening();
    this.endSleep();
    await this.running;
    this.running = null;
    const patience = new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref());
    await Promise.race([Promise.allSettled(this.inFlight), patience]);
  }

  /** @returns whether there is room to look at once. */
  private wake(): boolean {
    this.awake = true;
    if (this.wakeable) this.endSleep();
    return !this.stopping && this.inFlight.size < PLACES;
  }

  private async run(): Promise<void> {
    while (!this.stopping) await this.turn();
  }

  private async turn(): Promise<void> {
    this.awake = false;
    const room = PLACES - this.inFlight.size;
    const due = room > 0 ? await this.claim(room) : [];
    if (this.stopping) return this.giveBack(due, 0);
    for (const delivery of due) this.take(delivery);
    const backoffMs = this.backoffMs();
    if (backoffMs > 0) await this.sleep(backoffMs, false);
    else if (room === 0 || due.length < room) await this.sleepUnlessAwake();
  }

  private async claim(room: number): Promise<DueDelivery[]> {
    try {
      const due = await this.deliveries.claim(room);
      this.claimFailures = 0;
      return due;
    } catch (error) {
      this.claimFailures += 1;
      this.log.failure('worker.claim-failed', error);
      return [];
    }
  }

  private take(due: DueDelivery): void {
    const handling = this.handle(due).then((dueInMs) => {
      const wasFull = this.inFlight.size === PLACES;
      this.inFlight.delete(handling);
      this.tellLoad();
      if (wasFull || dueInMs === 0) this.wake();
      else if (dueInMs !== null) setTimeout(() => this.wake(), dueInMs).unref();
    });
    this.inFlight.add(handling);
    this.tellLoad();
  }

  private tellLoad(): void {
    if (observed()) observe({ kind: 'worker-load', inFlight: this.inFlight.size });
  }

  /** @returns in how many milliseconds something is due because of it; null when nothing is soon. */
  private async handle(due: DueDelivery): Promise<number | null> {
    try {
      const dueInMs = await traced(`deliver ${due.channel}`, 'consumer', fieldsOf(due), () =>
        this.handleDue.execute(due),
      );
      this.failuresInARow = 0;
      return dueInMs;
    } catch (error) {
      this.failuresInARow += 1;
      this.log.failure('worker.delivery-failed', error, { deliveryId: due.id });
      // Only an outage is worth trying again soon; anything else waits for the lease, so that a bug does not spin.
      if (error instanceof DomainError) await this.giveBack([due], POLL_MS);
      return null;
    }
  }

  private async giveBack(due: DueDelivery[], inMs: number): Promise<void> {
    if (due.length === 0) return;
    await this.deliveries.release(due, inMs).catch((error: unknown) => {
      this.log.failure('worker.release-failed', error);
    });
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

/** The verification's id is what a delivery's trace and the one of its start have in common. */
const fieldsOf = ({ id, messageId, channel, status }: DueDelivery) => ({
  ...{ 'einmal.verification.id': messageId, 'einmal.delivery.id': id },
  ...{ 'einmal.channel': channel, 'einmal.delivery.status': status },
});
