import { z } from 'zod';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import { headerOption } from '../options/common-options.js';

const sid = (prefix: 'AC' | 'SK') =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), { error: `must be ${prefix} and 32 hexadecimal digits` });

/** What every kind of Twilio provider must know of the account. */
export const twilioAccount = {
  accountSid: sid('AC').meta({ description: 'The account, or subaccount, that messages go out from' }),
  authToken: headerOption.meta({
    description: 'Its primary auth token: what its callbacks are signed with, whatever the requests are sent with',
  }),
  apiKeySid: sid('SK').optional().meta({ description: 'An API key to send with, in place of the auth token' }),
  apiKeySecret: headerOption.optional().meta({ description: 'The secret of `apiKeySid`' }),
};

type TwilioAccount = z.output<z.ZodObject<typeof twilioAccount>>;

/** For a refinement: half a key would be silently ignored. */
export const hasWholeKey = ({ apiKeySid, apiKeySecret }: TwilioAccount): boolean =>
  (apiKeySid === undefined) === (apiKeySecret === undefined);
export const WHOLE_KEY = { error: '`apiKeySid` and `apiKeySecret` go together', ...BESIDE_OTHERS };

/** The headers that Twilio's interface wants, with the key where there is one. */
export function twilioHeaders({ accountSid, authToken, apiKeySid, apiKeySecret }: TwilioAccount) {
  const credentials =
    apiKeySid !== undefined && apiKeySecret !== undefined ? [apiKeySid, apiKeySecret] : [accountSid, authToken];
  return {
    Authorization: `Basic ${Buffer.from(credentials.join(':')).toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'application/json',
  };
}
