import type { TotpParameters } from './factor.js';

/** What an authenticator app is told. */
export interface TotpUri extends TotpParameters {
  /** Whose account it is at. */
  issuer: string;
  /** Which account it is there. */
  account: string;
  /** Base32 without padding. */
  secret: string;
}

/**
 * The address that a QR code shows to an authenticator app, in Google's Key URI Format. The issuer stands in it twice, for apps
 * that read only one of the places, and every parameter is said, since apps differ in what they assume.
 *
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function totpUri({ issuer, account, secret, algorithm, digits, period }: TotpUri): string {
  const said = { secret, issuer: name(issuer), algorithm, digits, period };
  const parameters = Object.entries(said).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  // Not URLSearchParams: apps show the plus signs that it writes for spaces.
  return `otpauth://totp/${encodeURIComponent(name(issuer))}:${encodeURIComponent(name(account))}?${parameters.join('&')}`;
}

const LONGEST = 64;

/** Neither name may have a colon, which separates them; and a QR code holds only so much. */
const name = (text: string) => Array.from(text.replaceAll(':', ' ').trim()).slice(0, LONGEST).join('');
