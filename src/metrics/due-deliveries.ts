import { Injectable } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';

/** Counts by the index of what is due, and no further than anybody needs to know. */
const DUE = `
  SELECT count(*)::int AS due, coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 AS "oldestSeconds"
  FROM (
    SELECT due_at FROM deliveries
    WHERE due_at <= now() AND (lease_until IS NULL OR lease_until <= now())
    ORDER BY due_at LIMIT 10000) AS waiting`;

/** What is due and nobody holds: the same on every node. */
export interface Due {
  due: number;
  oldestSeconds: number;
}

/** How far the workers are behind. */
@Injectable()
export class DueDeliveriesCount {
  constructor(private readonly database: Database) {}

  /** @throws 503 `unavailable` when Postgres can not be asked. */
  async read(): Promise<Due> {
    const [row] = await this.database.query<Due>(DUE);
    return row ?? { due: 0, oldestSeconds: 0 };
  }
}
