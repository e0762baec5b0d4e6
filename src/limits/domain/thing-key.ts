import { networkOf } from '../../shared/ip-address.js';
import { invalidRequest } from '../../shared/refusals.js';
import { ipKey } from './ip-key.js';
import type { Dimension, Dimensions } from './rule.js';

/**
 * What a combination of dimensions is counted as, `country:DE+ip:192.0.2.7`, or null where the act lacks one of them.
 *
 * @throws 400 `invalid-request` when `ip` is not an address: to skip its rules would be a way around them.
 */
export function thingKey(by: readonly Dimension[], dimensions: Dimensions): string | null {
  const parts: string[] = [];
  for (const dimension of by) {
    const value = valueOf(dimension, dimensions);
    if (value === undefined) return null;
    parts.push(`${dimension}:${value}`);
  }
  return parts.join('+');
}

function valueOf(dimension: Dimension, of: Dimensions): string | undefined {
  switch (dimension) {
    case 'ip':
      return addressKey(of.ip, ipKey);
    case 'ipPrefix':
      return addressKey(of.ip, networkOf);
    case 'application':
      return of.applicationId;
    case 'recipient':
    case 'recipientPrefix':
    case 'country':
    case 'apiKey':
    case 'subject':
    case 'factor':
    case 'device':
      return of[dimension];
    default:
      return of.custom?.[dimension.slice('custom:'.length)];
  }
}

function addressKey(ip: string | undefined, keyOf: (ip: string) => string | null): string | undefined {
  if (ip === undefined) return undefined;
  const key = keyOf(ip);
  if (key === null) throw invalidRequest('The end user’s ip must be one IPv4 or IPv6 address.');
  return key;
}
