import { isIP } from 'node:net';

/**
 * The network an address is in, for what one customer of a provider can change at will: /24 of IPv4, /48 of IPv6. It is wider
 * than a person and narrower than a provider, and so it may be told where an address may not.
 *
 * @returns the network in CIDR, or null when the text is not an address.
 */
export function networkOf(address: string): string | null {
  const [plain = ''] = address.split('%', 1);
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(plain) !== 6) return null;
  const groups = groupsOf(plain);
  const [high = 0, low = 0] = groups.slice(6).map((group) => parseInt(group, 16));
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return `${[high >> 8, high & 255, low >> 8].join('.')}.0/24`;
  return `${groups.slice(0, 3).join(':')}::/48`;
}

/** The eight groups of an IPv6 address in their shortest spelling. The URL parser does the canonicalising (RFC 5952). */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}
