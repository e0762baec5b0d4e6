import { DomainError } from '../../../shared/domain-error.js';
import { observe, observed } from '../../../shared/observations.js';
import type { Ceiling } from './edge-ceilings.js';

const DETAILS = {
  address: 'Too many requests from this address. Slow down.',
  key: 'Too many requests with this API key. Slow down.',
  'failed-login':
    'Too many requests with API keys that are not valid came from this address. Correct the key and wait.',
};

/** The refusal of whoever is above a ceiling: 429 `rate-limited`. The numbers are no secret; whoever floods finds them anyway. */
export function edgeRefusal(by: keyof typeof DETAILS, ceiling: Ceiling, retryAfterSeconds: number): DomainError {
  if (observed()) observe({ kind: 'edge-refused', by });
  const name = `edge-${by}`;
  const extras = { retryAfterSeconds, violatedPolicies: [name] };
  return new DomainError('limited', 'rate-limited', DETAILS[by], extras, [{ name, ...ceiling, retryAfterSeconds }]);
}
