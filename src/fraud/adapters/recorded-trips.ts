import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditEntry } from '../../audit/audit-log.js';
import { ApplicationEvents, type ApplicationEvent } from '../../events/application-events.js';
import { Log } from '../../platform/log/log.js';
import { TripRecord } from '../application/ports.js';

/** Events of the outbox, a line for whoever reads logs, and the audit log for what people did. */
@Injectable()
export class RecordedTrips extends TripRecord {
  constructor(
    private readonly events: ApplicationEvents,
    private readonly log: Log,
    private readonly auditLog: AuditLog,
  ) {
    super();
  }

  async tell(event: ApplicationEvent): Promise<void> {
    const { detector, place } = event.payload;
    this.log.warn(event.type, { applicationId: event.applicationId, detector: String(detector), place: String(place) });
    await this.events.record(event);
  }

  audit(entry: AuditEntry): Promise<void> {
    return this.auditLog.append(entry);
  }
}
