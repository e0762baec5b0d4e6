import { z } from 'zod';
import { isSenderId, SENDER_ID_RULE } from '../../../../shared/sender-id.js';

/** What every provider's entry in the configuration file may say. */
export const commonOptions = {
  maxPerSecond: z
    .number()
    .positive()
    .max(10_000)
    .optional()
    .meta({ description: 'Messages a second that the vendor takes from this account, by each process' }),
};

/** What the phone shows where neither the application nor its country says otherwise. */
export const senderOption = z
  .string()
  .refine(isSenderId, { error: SENDER_ID_RULE })
  .meta({ description: 'What the phone shows: a number, or up to 11 letters, digits and spaces' });

const interfaceUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const withoutSlash = (given: string) => given.replace(/\/+$/, '');

/** Where a vendor's interface is; another one than the vendor's own only to test against. */
export const baseUrlOption = (url: string) =>
  interfaceUrl.default(url).transform(withoutSlash).meta({ description: 'The vendor’s interface' });

/** Where a vendor's interface is, for vendors that give each account an address of its own. */
export const accountUrlOption = interfaceUrl
  .transform(withoutSlash)
  .meta({ description: 'The vendor’s interface, as it is for your account' });

/** What becomes the value of a header, such as an API key: printable ASCII, so that it can not become two. */
export const headerOption = z.string().regex(/^[\x21-\x7e]{1,512}$/, {
  error: 'must be 1 to 512 printable ASCII characters without blanks',
});
