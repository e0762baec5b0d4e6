import { z } from 'zod';
import { momentSchema } from '../platform/http/moment.js';
import { invalidRequest } from '../shared/refusals.js';
import type { StatsRow } from './figures.js';
import type { StatsOrder } from './read-stats.js';

const SECONDS = { minute: 60, hour: 3_600, day: 86_400 };
const LONGEST_MS = 31 * 86_400_000;
const MOST_BUCKETS = { alone: 1_000, grouped: 200 };

const bucket = z.enum(['minute', 'hour', 'day']);
const groupBy = z.enum(['channel', 'country']);

/** In a URL every value is a text. */
export const statsQuerySchema = z.strictObject({
  applicationId: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'For an operator: of this application only' }),
  from: momentSchema.optional().meta({ description: 'A day before `until`, if absent' }),
  until: momentSchema.optional().meta({ description: 'Now, if absent' }),
  bucket: bucket.default('hour').meta({ description: 'In UTC' }),
  groupBy: groupBy.optional().meta({ description: 'A row for each of them in each bucket' }),
});
export type StatsQuery = z.output<typeof statsQuerySchema>;

/**
 * @param now the ledger's time.
 * @throws 400 `invalid-request` for more than 31 days, or more buckets than anybody can look at.
 */
export function orderOf(query: StatsQuery, applicationId: string | null, now: Date): StatsOrder {
  const until = query.until ?? now;
  const from = query.from ?? new Date(until.getTime() - 86_400_000);
  const bucketSeconds = SECONDS[query.bucket];
  const lengthMs = until.getTime() - from.getTime();
  if (lengthMs <= 0 || lengthMs > LONGEST_MS) throw invalidRequest('from, until: must be up to 31 days apart.');
  const most = query.groupBy ? MOST_BUCKETS.grouped : MOST_BUCKETS.alone;
  if (lengthMs > most * bucketSeconds * 1_000)
    throw invalidRequest(`bucket: there would be more than ${String(most)}. Ask for wider ones, or for less time.`);
  return { applicationId, from, until, bucketSeconds, groupBy: query.groupBy };
}

const acts = z.record(z.string(), z.int());

const rowSchema = z
  .object({
    at: z.iso.datetime().meta({ description: 'When the bucket begins' }),
    channel: z.string().nullable().optional().meta({
      description: 'Grouped by channel, `totp` and `backup-code` too; of verifications, the first of the plan',
    }),
    country: z.string().nullable().optional().meta({ description: 'Grouped by country; null for e-mail' }),
    started: z.int().meta({ description: 'Verifications that were started in it' }),
    approved: z.int().meta({ description: 'Of these, approved by now' }),
    conversion: z.number().nullable().meta({ description: 'approved / started; null where nothing was started' }),
    sent: z.int().meta({ description: 'Messages begun in it that a provider took' }),
    delivered: z.int(),
    failed: z.int(),
    unconfirmed: z.int(),
    fallbacks: z.int(),
    refusedBy: acts.meta({ description: 'Acts by each rule, list or detector in the way; of the last 72 hours' }),
    shadowedBy: acts.meta({ description: 'By each that would have refused, were it enforced' }),
  })
  .meta({ id: 'StatsRow' });

export const statsSchema = z
  .object({
    ...{ from: z.iso.datetime(), until: z.iso.datetime(), bucket, groupBy: groupBy.nullable() },
    rows: z.array(rowSchema).meta({ description: 'Oldest first; where nothing happened there is none' }),
  })
  .meta({ id: 'Stats' });
export type StatsBody = z.output<typeof statsSchema>;

export function statsBody({ from, until, groupBy: group }: StatsOrder, query: StatsQuery, rows: StatsRow[]): StatsBody {
  return {
    ...{ from: from.toISOString(), until: until.toISOString(), bucket: query.bucket, groupBy: group ?? null },
    rows: rows.map(({ at, name, started, approved, ...rest }) => ({
      ...{ at: at.toISOString(), ...(group && { [group]: name }), started, approved },
      ...{ conversion: started > 0 ? Math.round((approved / started) * 1_000) / 1_000 : null, ...rest },
    })),
  };
}
