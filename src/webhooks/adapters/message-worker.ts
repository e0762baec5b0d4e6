import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/background-worker.js';
import { DueWorker } from '../../platform/due-worker.js';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { traced } from '../../platform/tracing/traced.js';
import type { DueMessage } from '../application/due-message.js';
import { DueMessages } from '../application/ports.js';
import { TellEndpoint } from '../application/tell-endpoint.js';

/** They wait for receivers more than they work. */
const PLACES = 64;

/** Has due messages told, wherever there are workers; looks every second, and at once when a place is free or one message let another go. */
@Injectable()
export class MessageWorker extends BackgroundWorker {
  private readonly inHand = new Set<DueMessage>();
  private readonly worker: DueWorker<DueMessage>;

  constructor(
    private readonly messages: DueMessages,
    private readonly tellEndpoint: TellEndpoint,
    log: Log,
    runtime: Runtime,
  ) {
    super(runtime);
    this.worker = new DueWorker({
      ...{ name: 'webhooks', rowIs: 'message', log, places: PLACES },
      claim: (room) => this.messages.claim(room, [...this.inHand]),
      handle: (message) => this.handle(message),
      release: (due, inMs) => this.messages.release(due, inMs),
      logged: ({ endpointId, eventId }) => ({ endpointId, eventId }),
    });
  }

  start(): void {
    this.worker.start();
  }

  stop(): Promise<void> {
    return this.worker.stop();
  }

  private async handle(message: DueMessage): Promise<0 | null> {
    this.inHand.add(message);
    try {
      return await traced('tell endpoint', 'consumer', fieldsOf(message), () => this.tellEndpoint.execute(message));
    } finally {
      this.inHand.delete(message);
    }
  }
}

const fieldsOf = ({ endpointId, eventId }: DueMessage) => ({
  'einmal.endpoint.id': endpointId,
  'einmal.event.id': eventId,
});
