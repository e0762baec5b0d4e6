import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import type { Micros } from '../../shared/money.js';
import { SpendLedger, type SpendOfWay } from '../application/ports.js';

/** What was given back to the caps is left out: what was canceled, and what no provider took for a cause of the provider's. */
const COUNTED = `deliveries
  WHERE application_id = $1 AND created_at > now() - interval '24 hours' AND status <> 'canceled'
    AND NOT (status = 'failed' AND coalesce(cause, '') = 'provider')`;

const LAST_DAY = `
  SELECT channel, country, count(*)::int AS messages, (count(*) - count(price_micros))::int AS unpriced,
    coalesce(sum(price_micros), 0)::float8 AS micros,
    coalesce(sum(price_micros) FILTER (WHERE created_at > now() - interval '1 hour'), 0)::float8 AS "lastHourMicros"
  FROM ${COUNTED}
  GROUP BY channel, country
  ORDER BY micros DESC, channel, country`;

const BY_MINUTE = `
  SELECT (extract(epoch FROM date_trunc('minute', created_at)) * 1000)::float8 AS "atMs",
    sum(price_micros)::float8 AS weight
  FROM ${COUNTED} AND price_micros > 0
  GROUP BY 1`;

@Injectable()
export class PostgresSpendLedger extends SpendLedger {
  constructor(private readonly database: Database) {
    super();
  }

  lastDay(applicationId: string): Promise<SpendOfWay[]> {
    return this.database.query<SpendOfWay>(LAST_DAY, [applicationId]);
  }

  byMinute(applicationId: string): Promise<{ atMs: number; weight: Micros }[]> {
    return this.database.query(BY_MINUTE, [applicationId]);
  }
}
