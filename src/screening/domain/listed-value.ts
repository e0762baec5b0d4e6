import { domainToASCII } from 'node:url';
import { parseEmail } from '../../shared/email-address.js';
import { numberTypeOf } from '../../shared/number-type.js';
import { parsePhone } from '../../shared/phone-number.js';
import { countedAs, mask } from '../../shared/recipient.js';
import { readIpRange } from './ip-bits.js';

/** What an entry of a list can name. */
export const LIST_KINDS = ['number', 'prefix', 'email', 'email-domain', 'ip'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Kinds that name one person: they are kept under keyed names, sealed, and shown masked. */
export const PERSONAL: ReadonlySet<ListKind> = new Set<ListKind>(['number', 'email']);

/** An entry's value, one for every spelling of it. */
export interface ListedValue {
  kind: ListKind;
  /** What it is found by; of a personal kind, before it is made a keyed name. */
  key: string;
  /** As people may see it: whole, or masked. */
  shown: string;
}

/** What a value of each kind looks like, for whoever gave another. */
export const EXPECTED: Record<ListKind, string> = {
  number: 'a phone number with its country code, like +4915112345678',
  prefix: 'the first 2 to 12 digits of numbers, like +49151, and no whole number (that is kind "number")',
  email: 'one e-mail address',
  'email-domain': 'a domain like example.org; it covers its subdomains',
  ip: 'an IP address, or a range like 192.0.2.0/24 from /8, or 2001:db8::/32 from /16 to /64',
};

/** @returns null when the text is not a value of this kind; {@link EXPECTED} says what would be. */
export function readListedValue(kind: ListKind, text: string): ListedValue | null {
  switch (kind) {
    case 'number': {
      const phone = parsePhone(text);
      return phone && { kind, key: countedAs(phone), shown: mask(phone.value) };
    }
    case 'prefix':
      return prefix(text);
    case 'email': {
      const email = parseEmail(text.trim());
      return email && { kind, key: countedAs(email), shown: mask(email.value) };
    }
    case 'email-domain':
      return emailDomain(text);
    case 'ip': {
      const range = readIpRange(text);
      return range && { kind, key: range.bits, shown: range.text };
    }
  }
}

function prefix(text: string): ListedValue | null {
  const digits = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:\+|00)/, '')
    .replace(/[\s().-]/g, '');
  if (!/^[1-9]\d{1,11}$/.test(digits) || isWholeNumber(digits)) return null;
  return { kind: 'prefix', key: digits, shown: `+${digits}` };
}

/** A whole number is a person, and must not stand in clear. */
function isWholeNumber(digits: string): boolean {
  const phone = parsePhone(`+${digits}`);
  return phone !== null && numberTypeOf(phone.value) !== 'unallocated';
}

function emailDomain(text: string): ListedValue | null {
  const domain = domainToASCII(text.trim().replace(/^@/, '')).toLowerCase();
  return parseEmail(`a@${domain}`) ? { kind: 'email-domain', key: domain, shown: domain } : null;
}
