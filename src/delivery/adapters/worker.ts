import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/background-worker.js';
import { DueWorker } from '../../platform/due-worker.js';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { traced } from '../../platform/tracing/traced.js';
import { observe, observed } from '../../shared/observations.js';
import { HandleDue } from '../application/handle-due.js';
import { DueDeliveries, type DueDelivery } from '../application/ledger.js';
import { PLACES } from './bulkhead.js';
import { WakeUp } from './wake-up.js';

/** Has due deliveries handled, up to 32 at a time; woken by whoever makes one due, here or on another node. */
@Injectable()
export class Worker extends BackgroundWorker {
  private readonly worker: DueWorker<DueDelivery>;

  constructor(
    deliveries: DueDeliveries,
    handleDue: HandleDue,
    private readonly wakeUp: WakeUp,
    log: Log,
    runtime: Runtime,
  ) {
    super(runtime);
    const handle = (due: DueDelivery) =>
      traced(`deliver ${due.channel}`, 'consumer', fieldsOf(due), () => handleDue.execute(due));
    this.worker = new DueWorker({
      ...{ name: 'worker', rowIs: 'delivery', log, places: PLACES, handle },
      claim: (room) => deliveries.claim(room),
      release: (due, inMs) => deliveries.release(due, inMs),
      logged: ({ id }) => ({ deliveryId: id }),
      load: (inFlight) => {
        if (observed()) observe({ kind: 'worker-load', inFlight });
      },
    });
  }

  async start(): Promise<void> {
    this.worker.start();
    await this.wakeUp.listen(() => this.worker.wake());
  }

  async stop(): Promise<void> {
    this.wakeUp.stopListening();
    await this.worker.stop();
  }
}

/** The verification's id is what a delivery's trace and the one of its start have in common. */
const fieldsOf = ({ id, messageId, channel, status }: DueDelivery) => ({
  ...{ 'einmal.verification.id': messageId, 'einmal.delivery.id': id },
  ...{ 'einmal.channel': channel, 'einmal.delivery.status': status },
});
