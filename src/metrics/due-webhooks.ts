import { Injectable } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';
import type { Due } from './due-deliveries.js';

/**
 * What waits for an endpoint that does not answer waits for its owner, not for us. Counted by the index of what each is owed, and
 * no further than anybody needs to know.
 */
const DUE = `
  SELECT count(*)::int AS due, coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 AS "oldestSeconds",
    (SELECT count(*)::int FROM webhook_endpoints
     WHERE enabled AND failing_since < now() - interval '1 hour') AS failing
  FROM (
    SELECT m.due_at FROM webhook_endpoints e CROSS JOIN LATERAL (
      SELECT due_at FROM webhook_messages
      WHERE endpoint_id = e.id AND status = 'pending' AND due_at <= now() ORDER BY due_at LIMIT 10000) m
    WHERE e.enabled AND e.failing_since IS NULL LIMIT 10000) AS waiting`;

export interface WebhooksDue extends Due {
  /** Endpoints that have not answered for an hour. */
  failing: number;
}

/** How far telling endpoints is behind: the same on every node. */
@Injectable()
export class DueWebhooks {
  constructor(private readonly database: Database) {}

  /** @throws 503 `unavailable` when Postgres can not be asked. */
  async read(): Promise<WebhooksDue> {
    const [row] = await this.database.query<WebhooksDue>(DUE);
    return row ?? { due: 0, oldestSeconds: 0, failing: 0 };
  }
}
