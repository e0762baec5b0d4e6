import { z } from 'zod';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import { headerOption } from '../options/common-options.js';
import { SIGNATURE_METHODS, vonageSignature, type VonageParameters } from './vonage-signature.js';

/** What the SMS API must know of the account. */
export const vonageAccount = {
  apiKey: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/, { error: 'must be up to 32 letters and digits' })
    .meta({ description: 'The key of the account' }),
  apiSecret: headerOption.optional().meta({ description: 'Its secret; absent: requests are signed instead' }),
  signatureSecret: headerOption.optional().meta({
    description: 'The signature secret: reports must be signed with it, and requests are where there is no `apiSecret`',
  }),
  signatureMethod: z
    .enum(SIGNATURE_METHODS)
    .default('md5hash')
    .meta({ description: 'What the dashboard says signatures are made with; all but `md5hash` are HMACs' }),
  signedReports: z
    .boolean()
    .default(true)
    .meta({ description: 'With `signatureSecret`: `false` where Vonage signs no reports of this account' }),
};

type VonageAccount = z.output<z.ZodObject<typeof vonageAccount>>;

/** For a refinement. */
export const hasSecret = ({ apiSecret, signatureSecret }: VonageAccount): boolean =>
  apiSecret !== undefined || signatureSecret !== undefined;
export const NEEDS_SECRET = { error: 'needs `apiSecret` or `signatureSecret`', ...BESIDE_OTHERS };

/**
 * A request with what proves it ours. The OpenAPI file of 2026 wants a Basic header, those until 2021 the same in the form, so that
 * both get it; beside a signature there may be neither (status 32).
 *
 * @param nowMs since the epoch, for the time within a signature.
 */
export function credentials(message: VonageParameters, account: VonageAccount, nowMs: number) {
  const { apiKey, apiSecret, signatureSecret = '', signatureMethod } = account;
  if (apiSecret !== undefined) {
    const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
    return {
      headers: { Authorization: `Basic ${basic}` },
      form: { ...message, api_key: apiKey, api_secret: apiSecret },
    };
  }
  const signed = { ...message, api_key: apiKey, timestamp: String(Math.floor(nowMs / 1_000)) };
  const sig = vonageSignature(signed, { secret: signatureSecret, method: signatureMethod });
  return { headers: {}, form: { ...signed, sig } };
}
