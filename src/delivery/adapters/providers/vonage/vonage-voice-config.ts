import { z } from 'zod';
import { callOptions } from '../calls/call-options.js';
import { baseUrlOption, commonOptions } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { privateKeyOption } from './vonage-private-key.js';

/** An entry of the type `vonage-voice`. */
export const vonageVoiceSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('vonage-voice'),
  channel: z.literal('voice'),
  url: baseUrlOption('https://api.nexmo.com'),
  applicationId: z.guid({ error: 'must be a UUID' }).meta({ description: 'The application with the capability Voice' }),
  privateKey: privateKeyOption,
  signatureSecret: z
    .string()
    .min(1)
    .max(256)
    .meta({ description: 'What the account’s callbacks are signed with: Settings, Signed webhooks' }),
  apiKey: z
    .string()
    .regex(/^\w{1,32}$/, { error: 'must be letters and digits' })
    .optional()
    .meta({ description: 'Of the account, which signed callbacks name besides the application' }),
  ...callOptions,
  statuses: statusesOption,
  errors: errorsOption,
});
export type VonageVoiceConfig = z.output<typeof vonageVoiceSchema>;
