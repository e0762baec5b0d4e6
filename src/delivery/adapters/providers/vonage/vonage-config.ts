import { z } from 'zod';
import { baseUrlOption, commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { hasSecret, NEEDS_SECRET, vonageAccount } from './vonage-account.js';

/** An entry of the type `vonage`. */
export const vonageSchema = z
  .strictObject({
    ...commonOptions,
    type: z.literal('vonage'),
    channel: z.literal('sms'),
    url: baseUrlOption('https://rest.nexmo.com'),
    ...vonageAccount,
    from: senderOption,
    statuses: statusesOption,
    errors: errorsOption,
  })
  .refine(hasSecret, NEEDS_SECRET);
export type VonageConfig = z.output<typeof vonageSchema>;
