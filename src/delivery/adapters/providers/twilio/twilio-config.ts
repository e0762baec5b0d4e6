import { z } from 'zod';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import { baseUrlOption, commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { hasWholeKey, twilioAccount, WHOLE_KEY } from './twilio-account.js';

/** An entry of the type `twilio`. */
export const twilioSchema = z
  .strictObject({
    ...commonOptions,
    type: z.literal('twilio'),
    channel: z.literal('sms'),
    url: baseUrlOption('https://api.twilio.com'),
    ...twilioAccount,
    from: senderOption.optional(),
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/, { error: 'must be MG and 32 hexadecimal digits' })
      .optional()
      .meta({ description: 'A messaging service that chooses the sender, or holds the one that `from` names' }),
    statuses: statusesOption,
    errors: errorsOption,
  })
  .refine(hasWholeKey, WHOLE_KEY)
  .refine(({ from, messagingServiceSid }) => from !== undefined || messagingServiceSid !== undefined, {
    ...{ error: 'needs `from`, `messagingServiceSid` or both', ...BESIDE_OTHERS },
  });
export type TwilioConfig = z.output<typeof twilioSchema>;
