import { isIP } from 'node:net';

/**
 * The proxies whose `X-Forwarded-For` is believed (R41): only explicit addresses and ranges, none wider than a private network
 * (10.0.0.0/8, fc00::/7). `true`, `*` or "everyone" would let any caller choose its own address.
 *
 * @param text addresses and CIDR ranges, separated by commas.
 */
export function parseTrustedProxies(text: string): { ranges: string[]; problems: string[] } {
  const ranges = text.split(',').flatMap((part) => part.trim() || []);
  const problems = ranges
    .filter((range) => !isNarrowRange(range))
    .map((range) => `"${range}" is not an address or a CIDR range; list your proxies, for example 10.0.0.0/8`);
  return { ranges, problems };
}

function isNarrowRange(range: string): boolean {
  const [address = '', bits, ...rest] = range.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  const [fewest, most] = isIP(address) === 4 ? [8, 32] : [7, 128];
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= fewest && Number(bits) <= most);
}
