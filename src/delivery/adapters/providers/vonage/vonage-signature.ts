import { createHash, createHmac } from 'node:crypto';
import { isSameSignature } from '../proofs/constant-time.js';

/** What an account's signatures are made with, as its dashboard says: `md5hash` is no HMAC and the one of old accounts. */
export const SIGNATURE_METHODS = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const;

export interface VonageSignature {
  secret: string;
  method: (typeof SIGNATURE_METHODS)[number];
}

/** Parameters of a request of the SMS API, either way. */
export type VonageParameters = Readonly<Record<string, string>>;

/** How far the time within a signature may be from ours. */
const LONGEST_AGE_SECONDS = 300;

/**
 * `sig` of the SMS API's parameters, in hexadecimal digits; a `sig` among them is left out.
 * https://developer.vonage.com/en/getting-started/concepts/signing-messages
 */
export function vonageSignature(parameters: VonageParameters, { secret, method }: VonageSignature): string {
  const names = Object.keys(parameters).filter((name) => name !== 'sig');
  const signed = names.sort().map((name) => `&${name}=${(parameters[name] ?? '').replace(/[&=]/g, '_')}`);
  return method === 'md5hash'
    ? createHash('md5')
        .update(signed.join('') + secret)
        .digest('hex')
    : createHmac(method, secret).update(signed.join('')).digest('hex');
}

/**
 * Whether Vonage signed parameters, and no more than five minutes ago.
 *
 * @param nowMs since the epoch.
 */
export function isSignedByVonage(parameters: VonageParameters, signature: VonageSignature, nowMs: number): boolean {
  const { sig = '', timestamp = '' } = parameters;
  const isNow = /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs / 1_000 - Number(timestamp)) <= LONGEST_AGE_SECONDS;
  // What can be no signature is not worth sorting everything for.
  if (!isNow || !/^[0-9a-f]{32,128}$/i.test(sig)) return false;
  // HMACs come in capitals, the hash does not.
  return isSameSignature(sig.toLowerCase(), vonageSignature(parameters, signature));
}
