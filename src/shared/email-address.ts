import { domainToASCII } from 'node:url';

export interface EmailRecipient {
  kind: 'email';
  /** The one mailbox, lower case, domain in ASCII (IDNA). What is stored is what is sent to (CVE-2019-19844). */
  value: string;
}

/** Asked of the text as it came: lower case turns the Kelvin sign into a `k`, and with it one mailbox into another. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one mailbox: no display name, no list, no quoted or non-ASCII local part, no control characters, a domain with a dot.
 *
 * @returns the recipient, or null when the text is not exactly one plain mailbox.
 */
export function parseEmail(text: string): EmailRecipient | null {
  if (text.length > 254 || /[\s\p{Cc}<>,;:"()[\]\\]/u.test(text)) return null;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local)) return null;
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  return DOMAIN.test(domain) ? { kind: 'email', value: `${local.toLowerCase()}@${domain}` } : null;
}

/**
 * The mailbox behind an address, for counting only: `a+x@` and `a+y@` are one person, and Gmail ignores dots.
 * Messages go to the address as it was given.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const gmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return gmail ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}
