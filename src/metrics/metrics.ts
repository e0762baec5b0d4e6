import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Registry } from 'prom-client';
import { HashQueue } from '../platform/hashing/hash-queue.js';
import { watchObservations } from '../shared/observations.js';
import { DueDeliveriesCount } from './due-deliveries.js';
import { DueWebhooks } from './due-webhooks.js';
import { inTime } from './in-time.js';
import { makeInstruments } from './instruments.js';
import { record } from './record.js';
import { StoreProbe } from './store-probe.js';
import { UncappedApplications } from './uncapped-applications.js';

/** Several Prometheus servers, or an impatient one, ask the stores no more often than this. */
const FRESH_MS = 5_000;

/** Counts what is observed, and looks at the stores and queues when it is asked for its counts. */
@Injectable()
export class Metrics implements OnModuleInit, OnApplicationShutdown {
  private readonly registry = new Registry();
  private readonly instruments = makeInstruments(this.registry);
  private endWatching: () => void = () => undefined;
  private looking: Promise<void> = Promise.resolve();
  private lookedAt = -Infinity;

  constructor(
    private readonly hashQueue: HashQueue,
    private readonly stores: StoreProbe,
    private readonly dueDeliveries: DueDeliveriesCount,
    private readonly uncapped: UncappedApplications,
    private readonly dueWebhooks: DueWebhooks,
  ) {}

  onModuleInit(): void {
    this.endWatching = watchObservations((observation) => {
      record(observation, this.instruments);
    });
  }

  onApplicationShutdown(): void {
    this.endWatching();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything, in Prometheus's text format. Never fails because a store is away: that is what it tells. */
  async text(): Promise<string> {
    this.readQueue();
    if (performance.now() - this.lookedAt > FRESH_MS) {
      this.lookedAt = performance.now();
      this.looking = this.look();
    }
    await this.looking;
    return this.registry.metrics();
  }

  private readQueue(): void {
    const { running, checks, sends } = this.hashQueue.load;
    this.instruments.hashRunning.set(running);
    this.instruments.hashWaiting.set({ line: 'checks' }, checks);
    this.instruments.hashWaiting.set({ line: 'sends' }, sends);
  }

  private async look(): Promise<void> {
    const { storeUp, clockSkew, due, oldestDue } = this.instruments;
    // Both at once: a Prometheus that has waited in vain for one after the other would take the process for dead.
    const [probes, waiting, uncapped, webhooks] = await Promise.all([
      this.stores.probe(),
      inTime(this.dueDeliveries.read()),
      inTime(this.uncapped.count()),
      inTime(this.dueWebhooks.read()),
    ]);
    for (const { store, skewSeconds } of probes) {
      storeUp.set({ store }, skewSeconds === null ? 0 : 1);
      if (skewSeconds === null) clockSkew.remove({ store });
      else clockSkew.set({ store }, skewSeconds);
    }
    // What is not known now must not look like what was known before.
    due.set(waiting?.due ?? NaN);
    oldestDue.set(waiting?.oldestSeconds ?? NaN);
    this.instruments.uncapped.set(uncapped ?? NaN);
    this.instruments.webhooksDue.set(webhooks?.due ?? NaN);
    this.instruments.oldestWebhook.set(webhooks?.oldestSeconds ?? NaN);
    this.instruments.failingEndpoints.set(webhooks?.failing ?? NaN);
  }
}
