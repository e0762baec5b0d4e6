import { Injectable } from '@nestjs/common';
import { Database, type Query } from '../platform/postgres/database.js';
import { TELL_APPLICATION } from './event-sql.js';
import type { TrafficEvent } from './event-types.js';

/** What an application is told that is about its traffic, not about one verification: `fraud.…`, `spend.…`, `limit.…`. */
export interface ApplicationEvent {
  applicationId: string;
  type: TrafficEvent;
  /** Thin: no code, no recipient. JSON. */
  payload: Record<string, unknown>;
}

/** Records events of applications for whoever tells them. */
@Injectable()
export class ApplicationEvents {
  constructor(private readonly database: Database) {}

  /** @param query of the transaction whose change it tells of, where there is one. @throws 503 `unavailable` */
  async record(
    { applicationId, type, payload }: ApplicationEvent,
    query: Query = (sql, values) => this.database.query(sql, values),
  ): Promise<void> {
    await query(TELL_APPLICATION, [applicationId, type, JSON.stringify(payload)]);
  }
}
