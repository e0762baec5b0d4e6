import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { SpendLedger, type SpendOfWay } from '../application/spend-ports.js';

const LAST_DAY = `
  SELECT channel, country, count(*)::int AS messages, (count(*) - count(price_micros))::int AS unpriced,
    coalesce(sum(price_micros), 0)::float8 AS micros,
    coalesce(sum(price_micros) FILTER (WHERE created_at > now() - interval '1 hour'), 0)::float8 AS "lastHourMicros"
  FROM deliveries
  WHERE application_id = $1 AND created_at > now() - interval '24 hours' AND status <> 'canceled'
  GROUP BY channel, country
  ORDER BY micros DESC, channel, country`;

@Injectable()
export class PostgresSpendLedger extends SpendLedger {
  constructor(private readonly database: Database) {
    super();
  }

  lastDay(applicationId: string): Promise<SpendOfWay[]> {
    return this.database.query<SpendOfWay>(LAST_DAY, [applicationId]);
  }
}
