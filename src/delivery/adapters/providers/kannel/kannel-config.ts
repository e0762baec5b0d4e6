import { z } from 'zod';
import { commonOptions, senderOption } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';

/** Printable ASCII: these values become header lines. Unlike keys of a vendor's, they may hold blanks. */
const headerSafe = z.string().regex(/^[\x20-\x7e]{1,128}$/, { error: 'must be 1 to 128 printable ASCII characters' });

/** An entry of the type `kannel`. */
export const kannelSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('kannel'),
  channel: z.literal('sms'),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .meta({ description: 'Where smsbox takes messages: `http://gateway:13013/cgi-bin/sendsms`' }),
  username: headerSafe.meta({ description: 'Of a `sendsms-user` in kannel.conf' }),
  password: headerSafe.meta({ description: 'Its password' }),
  from: senderOption,
  smsc: headerSafe.optional().meta({ description: 'Kannel’s `smsc-id`, where it has several routes' }),
  statuses: statusesOption,
  errors: errorsOption,
});
export type KannelConfig = z.output<typeof kannelSchema>;
