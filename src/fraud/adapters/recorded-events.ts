import { Injectable } from '@nestjs/common';
import { ApplicationEvents, type ApplicationEvent } from '../../events/application-events.js';
import { Log } from '../../platform/log/log.js';
import { Told } from '../application/ports.js';

/** Events of the outbox, and a line for whoever reads logs. */
@Injectable()
export class RecordedEvents extends Told {
  constructor(
    private readonly events: ApplicationEvents,
    private readonly log: Log,
  ) {
    super();
  }

  async tell(event: ApplicationEvent): Promise<void> {
    const { detector, place } = event.payload;
    this.log.warn(event.type, { applicationId: event.applicationId, detector: String(detector), place: String(place) });
    await this.events.record(event);
  }
}
