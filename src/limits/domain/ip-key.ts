import { networkText, parseIp } from '../../shared/ip-address.js';

/**
 * What an address is counted as (R40): IPv4 as it is, IPv6 by its /64, since one customer owns all of it. Every spelling of an
 * address gives the same key.
 *
 * @returns the key, or null when the text is not an address.
 */
export function ipKey(text: string): string | null {
  const address = parseIp(text);
  if (address === null) return null;
  return address.version === 4 ? address.octets.join('.') : networkText(address.groups, 4);
}
