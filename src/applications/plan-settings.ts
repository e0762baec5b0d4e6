import { z } from 'zod';
import { CODE_CHANNELS, FACTOR_CHANNELS, isSent, type CodeChannel } from '../shared/channel.js';

export const planSchema = z
  .array(z.enum(CODE_CHANNELS))
  .min(1)
  .max(CODE_CHANNELS.length)
  .refine((plan) => new Set(plan).size === plan.length, { error: 'names a channel twice' })
  .meta({
    description:
      'Channels, each tried only if the one before fails. `totp` and `backup-code` are for those who have enrolled them; where one ' +
      'is first, nothing is sent before a message is asked for.',
  });

/**
 * How a plan that names factors is kept: what is sent stands with the other settings, where the version before reads it, and the
 * whole in a column of its own, which that version would refuse.
 *
 * @returns `sent` as it stands with the settings; `whole` null where that is all of it
 */
export function keptPlan(plan: readonly CodeChannel[] | undefined): { sent?: CodeChannel[]; whole: string | null } {
  if (!plan) return { whole: null };
  const sent = plan.filter(isSent);
  return { ...(sent.length > 0 && { sent }), whole: sent.length === plan.length ? null : JSON.stringify(plan) };
}

const SENT_OF_WHOLE = ['plan', ...FACTOR_CHANNELS.map((channel) => `'${channel}'`)].join(' - ');

/** SQL: the whole plan as a setting, unless the version before has saved another since. */
export const WHOLE_PLAN = `CASE WHEN ${SENT_OF_WHOLE} = coalesce(settings->'plan', '[]') THEN jsonb_build_object('plan', plan)
  ELSE '{}' END`;
