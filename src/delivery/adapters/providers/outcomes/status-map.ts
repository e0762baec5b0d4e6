import { z } from 'zod';
import { CAUSES, type Cause } from '../../../domain/cause.js';
import type { ReportStatus } from '../../../domain/outcome.js';

/** What a vendor's status means to us. `transient`: another provider of the channel may deliver what this one could not. */
export type Meaning =
  { status: Exclude<ReportStatus, 'failed'> } | { status: 'failed'; cause: Cause; transient?: boolean };

/** A vendor's words or codes and what they mean. Data, because vendors change them: an operator's own entries go first. */
export type StatusMap = Readonly<Record<string, Meaning>>;

export const permanent = (cause: Cause): Meaning => ({ status: 'failed', cause });
export const transient = (cause: Cause): Meaning => ({ status: 'failed', cause, transient: true });

/** In the configuration a word: a status that is no failure, or the cause of a permanent one; or both parts of a failure. */
const meaningSchema = z
  .union(
    [
      z.enum(['delivered', 'underway', 'unknown']).transform((status): Meaning => ({ status })),
      z.enum(CAUSES).transform(permanent),
      z
        .strictObject({ cause: z.enum(CAUSES), transient: z.boolean() })
        .transform(({ cause, transient: passes }) => (passes ? transient(cause) : permanent(cause))),
    ],
    { error: `must be delivered, underway, unknown, a cause (${CAUSES.join(', ')}) or {cause, transient}` },
  )
  .meta({ description: 'delivered, underway, unknown, a cause, or {cause, transient}' });

/** The option `statuses` of a provider: what its codes mean here, over what is known of them. */
export const statusesOption = z.record(z.string().min(1).max(64), meaningSchema).optional().meta({
  description: 'What this vendor’s status words and error codes mean, where it is not what Einmal takes them for',
});

/**
 * What a report means: the first of its codes that anybody knows, the operator's own meanings before ours.
 *
 * @param codes from the most exact to the least: `['30005', 'undelivered']`.
 */
export function meaningOf(codes: readonly string[], ...maps: (StatusMap | undefined)[]): Meaning {
  for (const code of codes)
    for (const map of maps) {
      const meaning = map && Object.hasOwn(map, code) ? map[code] : undefined;
      if (meaning) return meaning;
    }
  return { status: 'unknown' };
}
