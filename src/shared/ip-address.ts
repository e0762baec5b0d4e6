import { isIP } from 'node:net';

/** An address as numbers: four of 8 bits, or eight of 16. */
export type IpAddress = { version: 4; octets: number[] } | { version: 6; groups: number[] };

/**
 * Reads any spelling of an address. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is that IPv4 address, and the zone of a
 * link-local one (`%eth0`) means nothing here.
 *
 * @returns null when the text is not one address.
 */
export function parseIp(text: string): IpAddress | null {
  const [address = ''] = text.split('%', 1);
  if (isIP(address) === 4) return { version: 4, octets: address.split('.').map(Number) };
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join() !== '0,0,0,0,0,65535') return { version: 6, groups };
  return { version: 4, octets: [high >> 8, high & 255, low >> 8, low & 255] };
}

/**
 * The network around an address, for what one customer of a provider can change at will: IPv4 by its /24, IPv6 by its /48, which
 * is what one site is given. It is wider than a person and narrower than a provider, and so it may be told where an address may
 * not.
 *
 * @returns the network in CIDR, or null when the text is not an address.
 */
export function networkOf(text: string): string | null {
  const address = parseIp(text);
  if (address === null) return null;
  return address.version === 4 ? `${address.octets.slice(0, 3).join('.')}.0/24` : networkText(address.groups, 3);
}

/** The IPv6 network of an address's first groups: `2001:db8:1:2::/64` of four. */
export const networkText = (groups: number[], count: number): string =>
  `${hex(groups.slice(0, count))}::/${String(count * 16)}`;

const hex = (groups: number[]) => groups.map((group) => group.toString(16)).join(':');

/** The eight groups of an IPv6 address. The URL parser does the canonicalising (RFC 5952). */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => parseInt(group, 16));
}
