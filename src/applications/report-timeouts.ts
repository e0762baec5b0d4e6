import { z } from 'zod';
import type { Channel } from '../shared/channel.js';

const seconds = z.int().min(15).max(900);

/** After how many seconds without a final report the next channel is tried: for all channels, or for some by their own. */
export const reportTimeoutSchema = z
  .union([seconds, z.strictObject({ sms: seconds.optional(), voice: seconds.optional(), email: seconds.optional() })], {
    error: 'is 15 to 900 seconds, or an object of them by channel like { "email": 600 }',
  })
  .meta({
    description: 'After so long without a final report the next channel is tried: seconds, or by channel.',
    example: 60,
  });

type Given = z.output<typeof reportTimeoutSchema>;

/** One for all channels, or one for each. */
export type ReportTimeouts = number | Record<Channel, number>;

/** Settings over what they stand on: a number says it for all channels, an object for those it names. */
export function timeoutsOver(below: ReportTimeouts, given: Given | undefined): ReportTimeouts {
  if (given === undefined || typeof given === 'number') return given ?? below;
  const of = (channel: Channel) => given[channel] ?? (typeof below === 'number' ? below : below[channel]);
  const [sms, voice, email] = [of('sms'), of('voice'), of('email')];
  return { sms, voice, email };
}
