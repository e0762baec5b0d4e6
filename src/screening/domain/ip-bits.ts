import { isIP } from 'node:net';
import { parseIp } from '../../shared/ip-address.js';

/** So many bits stand before an IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`). */
const MAPPED_BITS = 96;

/** A customer owns all of a /64, so what lies below tells nobody from anybody (R40). */
const IPV6_BITS = 64;

/** The least bits of a range: whoever blocks more than that means to switch off the service. */
const LEAST = { 4: 8, 6: 16 } as const;

export interface IpRange {
  /** `4.` or `6.` and the bits that all addresses of the range begin with. */
  bits: string;
  /** As people write it: `192.0.2.0/24`, `2001:db8::/32`. */
  text: string;
}

/**
 * An address as `4.` and 32 bits, or `6.` and the 64 bits that tell one customer from another. Every spelling gives the same.
 *
 * @returns null when the text is not an address.
 */
export function ipBits(text: string): string | null {
  const address = parseIp(text);
  if (address === null) return null;
  if (address.version === 4) return `4.${bitsOf(address.octets, 8)}`;
  return `6.${bitsOf(address.groups, 16).slice(0, IPV6_BITS)}`;
}

/**
 * Reads an address or a range (`192.0.2.0/24`). A single IPv6 address means its /64.
 *
 * @returns null when the text is neither, or the range is larger than /8 (IPv6: /16) or smaller than an IPv6 customer's /64.
 */
export function readIpRange(text: string): IpRange | null {
  const [address = '', length, ...rest] = text.trim().split('/');
  const bits = ipBits(address);
  if (bits === null || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const version = bits.startsWith('4') ? 4 : 6;
  const most = bits.length - 2;
  const given = length === undefined ? most : Number(length);
  // A mapped IPv4 address counts its bits from the front of the IPv6 address.
  const wanted = version === 4 && length !== undefined && isIP(address) === 6 ? given - MAPPED_BITS : given;
  if (wanted < LEAST[version] || wanted > most) return null;
  const prefix = bits.slice(0, 2 + wanted);
  return { bits: prefix, text: `${version === 4 ? ipv4(prefix) : ipv6(prefix)}/${String(wanted)}` };
}

const bitsOf = (numbers: number[], size: number) =>
  numbers.map((number) => number.toString(2).padStart(size, '0')).join('');

const ipv4 = (bits: string) => pieces(bits, 8, 4).map(String).join('.');

const ipv6 = (bits: string) => {
  const groups = pieces(bits, 16, 8).map((group) => group.toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};

const pieces = (bits: string, size: number, count: number) =>
  Array.from({ length: count }, (_, n) =>
    parseInt(
      bits
        .slice(2)
        .slice(n * size, (n + 1) * size)
        .padEnd(size, '0'),
      2,
    ),
  );
