import { DomainError } from '../../shared/domain-error.js';
import type { QuotaPolicy } from '../../shared/quota-policy.js';
import { COOLDOWN_RULE } from '../domain/default-rules.js';
import type { LimitDecision } from './limiter.js';

/** `policies`: the rules in the way with their numbers and how long each is full. */
type Refused = Pick<Extract<LimitDecision, { kind: 'refused' }>, 'kind' | 'rules' | 'retryAfterSeconds'> & {
  policies?: readonly QuotaPolicy[];
  ofFactor?: boolean;
};

/** What an application may spend: nobody tried too often. */
const CAPS = ['spend-day', 'spend-hour'];

/**
 * The refusal to throw: 429 `cooldown` when only the short rule between two sends stands in the way, else 429 `rate-limited`.
 * It names the rules; only the API key's holder sees them (R49).
 */
export function refusedByLimits({ rules, retryAfterSeconds, policies, ofFactor }: Refused): DomainError {
  const extras = { retryAfterSeconds, violatedPolicies: rules };
  if (rules.some((rule) => CAPS.includes(rule)))
    return new DomainError(
      'limited',
      'rate-limited',
      'The spending cap of this application is reached. Nothing was sent.',
      extras,
      policies,
    );
  if (ofFactor)
    return new DomainError(
      'limited',
      'rate-limited',
      'Too many wrong codes of this factor. None of its codes is compared now; others are.',
      { ...extras, reason: 'factor-locked' },
      policies,
    );
  return rules.every((rule) => rule === COOLDOWN_RULE)
    ? new DomainError('limited', 'cooldown', 'A code was sent a moment ago. Give it time to arrive.', extras, policies)
    : new DomainError(
        'limited',
        'rate-limited',
        'Too many tries in too short a time. Nothing was done.',
        extras,
        policies,
      );
}
