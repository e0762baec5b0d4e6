import { RETENTION_HOURS } from '../limits/application/decision-log.js';

export type StatsGroup = 'channel' | 'country';

/** What the statements tell apart: all of an application's, or of everybody's. */
export interface StatsScope {
  ofAll: boolean;
  groupBy: StatsGroup | undefined;
}

/** `$1` application, `$2` from, `$3` until, `$4` width of a bucket. */
const within = (moment: string, { ofAll }: StatsScope) =>
  `${ofAll ? 'application_id IN (SELECT id FROM applications) AND $1::text IS NULL' : 'application_id = $1'}
    AND ${moment} >= $2 AND ${moment} < $3`;

const bucketOf = (moment: string) => `date_bin($4::interval, ${moment}, 'epoch'::timestamptz)`;

const named = (name: string | null) => `${name ?? 'NULL::text'} AS name`;

/** By when they were started and, grouped by channel, by the first of their plan: what became of them later counts there too. */
export const verifications = (scope: StatsScope) => `
  SELECT ${bucketOf('created_at')} AS at,
    ${named(scope.groupBy ? { channel: 'channels[1]', country: 'country' }[scope.groupBy] : null)},
    count(*)::int AS started, (count(*) FILTER (WHERE status = 'approved'))::int AS approved
  FROM verifications WHERE ${within('created_at', scope)} GROUP BY 1, 2`;

/** By when they were begun. */
export const deliveries = (scope: StatsScope) => `
  SELECT ${bucketOf('created_at')} AS at, ${named(scope.groupBy ?? null)},
    (count(*) FILTER (WHERE sent_at IS NOT NULL))::int AS sent,
    (count(*) FILTER (WHERE status = 'delivered' OR delivered_late_at IS NOT NULL))::int AS delivered,
    (count(*) FILTER (WHERE status = 'failed'))::int AS failed,
    (count(*) FILTER (WHERE status = 'unconfirmed'))::int AS unconfirmed,
    (count(*) FILTER (WHERE origin = 'fallback'))::int AS fallbacks
  FROM deliveries WHERE ${within('created_at', scope)} GROUP BY 1, 2`;

/** Each rule, list or detector in the way of each act; no further back than decisions are kept. */
export const refusals = (scope: StatsScope) => `
  SELECT ${bucketOf('at')} AS at, ${named(scope.groupBy ?? null)}, enforced, rule, sum(times)::int AS acts
  FROM decisions
  CROSS JOIN LATERAL (
    SELECT true AS enforced, unnest(refused_by) AS rule UNION ALL SELECT false, unnest(shadowed_by)) AS said
  WHERE (refused_by IS NOT NULL OR shadowed_by IS NOT NULL) AND ${within('at', scope)}
    AND at >= now() - interval '${String(RETENTION_HOURS)} hours'
  GROUP BY 1, 2, 3, 4`;
