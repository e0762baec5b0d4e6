import { z } from 'zod';
import { callOptions } from '../calls/call-options.js';
import { baseUrlOption, commonOptions } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { hasWholeKey, twilioAccount, WHOLE_KEY } from './twilio-account.js';

/** An entry of the type `twilio-voice`. */
export const twilioVoiceSchema = z
  .strictObject({
    ...commonOptions,
    type: z.literal('twilio-voice'),
    channel: z.literal('voice'),
    url: baseUrlOption('https://api.twilio.com'),
    ...twilioAccount,
    ...callOptions,
    statuses: statusesOption,
    errors: errorsOption,
  })
  .refine(hasWholeKey, WHOLE_KEY);
export type TwilioVoiceConfig = z.output<typeof twilioVoiceSchema>;
