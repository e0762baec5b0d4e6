import { invalidRequest } from '../../shared/refusals.js';
import type { Bucket, BucketGroup } from './bucket.js';
import { COOLDOWN_RULE, DEFAULT_RULES } from './default-rules.js';
import { ipKey } from './ip-key.js';
import type { Dimensions, LimitOn, Rule } from './rule.js';

export interface TakeOptions {
  /** Whether the short rule between two sends applies. Default true; false for a fallback, which nobody asked for. */
  cooldown?: boolean;
}

/**
 * The buckets one act counts in, in groups. The application's own come first; a global rule's are a group by themselves for
 * each thing counted, because applications whose other counters live elsewhere share them.
 *
 * @throws 400 `invalid-request` when `dimensions.ip` is not an address: to skip its rules would be a way around them.
 */
export function bucketsFor(on: LimitOn, dimensions: Dimensions, { cooldown = true }: TakeOptions = {}): BucketGroup[] {
  const groups = new Map<string, Bucket[]>([[dimensions.applicationId, []]]);
  for (const rule of DEFAULT_RULES) {
    if (rule.on !== on || (rule.name === COOLDOWN_RULE && !cooldown)) continue;
    const key = keyOf(rule, dimensions);
    if (key === null) continue;
    const tag = rule.scope === 'application' ? dimensions.applicationId : key;
    groups.set(tag, [...(groups.get(tag) ?? []), toBucket(rule, key)]);
  }
  return [...groups].map(([tag, buckets]) => ({ tag, buckets })).filter(({ buckets }) => buckets.length > 0);
}

/** What the rule counts, or null where the act has no such dimension. */
function keyOf({ by }: Rule, { recipient, subject, ip }: Dimensions): string | null {
  if (by === 'recipient') return recipient === undefined ? null : `recipient:${recipient}`;
  if (by === 'subject') return subject === undefined ? null : `subject:${subject}`;
  if (ip === undefined) return null;
  const address = ipKey(ip);
  if (address === null) throw invalidRequest('The end user’s ip must be one IPv4 or IPv6 address.');
  return `ip:${address}`;
}

const toBucket = (rule: Rule, key: string): Bucket => ({
  rule: rule.name,
  key,
  max: rule.max,
  windowMs: rule.windowSeconds * 1_000,
  clearedBySuccess: rule.clearedBySuccess ?? false,
});
