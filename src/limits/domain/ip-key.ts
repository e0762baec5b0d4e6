import { isIP } from 'node:net';

/**
 * What an address is counted as (R40): IPv4 as it is, IPv6 by its /64, since one customer owns all of it. Every spelling of
 * an address gives the same key, and an IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is that IPv4 address.
 *
 * @returns the key, or null when the text is not an address.
 */
export const ipKey = (text: string): string | null =>
  keyOf(text, { ipv4: (address) => address, ipv6: (groups) => network(groups, 4) });

/**
 * What the network around an address is counted as: IPv4 by its /24, IPv6 by its /48, which is what one site is given. Whoever
 * changes addresses changes them within it.
 *
 * @returns the key, or null when the text is not an address.
 */
export const ipPrefixKey = (text: string): string | null =>
  keyOf(text, {
    ipv4: (address) => address.replace(/\.\d+$/, '.0/24'),
    ipv6: (groups) => network(groups, 3),
  });

interface Keys {
  ipv4: (address: string) => string;
  ipv6: (groups: string[]) => string;
}

function keyOf(text: string, { ipv4, ipv6 }: Keys): string | null {
  const [address = ''] = text.split('%', 1);
  if (isIP(address) === 4) return ipv4(address);
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const embedded = embeddedIpv4(groups);
  return embedded === null ? ipv6(groups) : ipv4(embedded);
}

/** The network of an address's first groups, 16 bits each. */
const network = (groups: string[], count: number) => `${groups.slice(0, count).join(':')}::/${String(count * 16)}`;

/** The eight groups of an IPv6 address in their shortest spelling. The URL parser does the canonicalising (RFC 5952). */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

function embeddedIpv4(groups: string[]): string | null {
  const [high = 0, low = 0] = groups.slice(6).map((group) => parseInt(group, 16));
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
