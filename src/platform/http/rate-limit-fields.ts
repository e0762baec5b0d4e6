import type { QuotaPolicy } from '../../shared/quota-policy.js';

/** More than any act has limits in its way at once; header fields must stay small. */
const MOST_POLICIES = 10;

/**
 * The header fields that tell a client which quotas are used up (draft-ietf-httpapi-ratelimit-headers-11): `RateLimit-Policy` with
 * quota `q` and window `w`, and `RateLimit` with `r`, what is left, and `t`, the seconds within which nothing more fits.
 */
export function rateLimitFields(usedUp: readonly QuotaPolicy[]): Record<string, string> {
  const told = usedUp.slice(0, MOST_POLICIES);
  if (told.length === 0) return {};
  const stated = told.filter(({ max }) => max !== undefined);
  return {
    ...(stated.length > 0 && { 'RateLimit-Policy': stated.map(policyItem).join(', ') }),
    RateLimit: told.map(limitItem).join(', '),
  };
}

const policyItem = ({ name, max, windowSeconds }: QuotaPolicy) =>
  `${text(name)}${parameter('q', max)}${parameter('w', windowSeconds)}`;

const limitItem = ({ name, retryAfterSeconds }: QuotaPolicy) => `${text(name)};r=0${parameter('t', retryAfterSeconds)}`;

const parameter = (key: string, value: number | undefined) => (value === undefined ? '' : `;${key}=${String(value)}`);

/** A string of RFC 9651: printable ASCII. What is not has no place in a header field, whoever named a rule so. */
const text = (name: string) => `"${name.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
