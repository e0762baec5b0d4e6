import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { NO_FIGURES, ProviderFigures, WINDOWS, type Figures, type Window } from '../application/provider-figures.js';
import type { SubmitFailure } from '../domain/outcome.js';

/**
 * Attempts of the last hour, newest first and at most 100,000 of them: what an operator looks at every few seconds must not
 * cost more the busier it gets. A report counts for the attempt it speaks of, which is the delivery's last one.
 */
const FIGURES = `
  WITH recent AS (
    SELECT id, delivery_id, provider_id, status, created_at FROM send_attempts
    WHERE created_at > now() - interval '60 minutes' ORDER BY created_at DESC LIMIT 100000),
  told AS (
    SELECT a.provider_id, a.status, a.created_at, d.status AS came,
      CASE WHEN d.status IN ('delivered', 'failed') THEN extract(epoch FROM d.ended_at - a.created_at) END AS seconds
    FROM recent a LEFT JOIN deliveries d ON d.attempt_id = a.id AND d.id = a.delivery_id AND a.status IN ('accepted', 'ambiguous')
    WHERE a.status NOT IN ('submitting', 'withdrawn'))
  SELECT provider_id AS "providerId", minutes, count(*)::integer AS submitted,
    count(*) FILTER (WHERE status = 'accepted')::integer AS accepted,
    count(*) FILTER (WHERE status = 'ambiguous')::integer AS ambiguous,
    count(*) FILTER (WHERE status = 'rejected')::integer AS rejected,
    count(*) FILTER (WHERE status = 'throttled')::integer AS throttled,
    count(*) FILTER (WHERE status = 'quota')::integer AS quota,
    count(*) FILTER (WHERE status = 'unreachable')::integer AS unreachable,
    count(*) FILTER (WHERE status = 'misconfigured')::integer AS misconfigured,
    count(*) FILTER (WHERE came = 'delivered')::integer AS delivered,
    count(*) FILTER (WHERE came = 'failed')::integer AS failed,
    count(*) FILTER (WHERE came = 'unconfirmed')::integer AS unconfirmed,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)::float8 AS "medianReportSeconds"
  FROM told JOIN unnest($1::integer[]) AS minutes ON told.created_at > now() - minutes * interval '1 minute'
  GROUP BY provider_id, minutes`;

type Row = Omit<Figures, 'refused' | 'deliveredShare'> &
  Record<SubmitFailure, number> & { providerId: string; minutes: Window };

/** Counted from the ledger, so that every process tells the same. */
@Injectable()
export class PostgresProviderFigures extends ProviderFigures {
  constructor(private readonly database: Database) {
    super();
  }

  async read(): Promise<Map<string, Map<Window, Figures>>> {
    const rows = await this.database.query<Row>(FIGURES, [WINDOWS]);
    const byProvider = new Map<string, Map<Window, Figures>>();
    for (const row of rows) {
      const ofProvider = byProvider.get(row.providerId) ?? new Map<Window, Figures>();
      byProvider.set(row.providerId, ofProvider.set(row.minutes, toFigures(row)));
    }
    return byProvider;
  }
}

function toFigures(row: Row): Figures {
  const { submitted, accepted, ambiguous, delivered, failed, unconfirmed, medianReportSeconds } = row;
  const { rejected, throttled, quota, unreachable, misconfigured } = row;
  const ended = delivered + failed + unconfirmed;
  return {
    ...NO_FIGURES,
    ...{ submitted, accepted, ambiguous, delivered, failed, unconfirmed },
    refused: { rejected, throttled, quota, unreachable, misconfigured },
    deliveredShare: ended > 0 ? rounded(delivered / ended) : null,
    medianReportSeconds: medianReportSeconds === null ? null : rounded(medianReportSeconds),
  };
}

const rounded = (figure: number) => Math.round(figure * 1_000) / 1_000;
