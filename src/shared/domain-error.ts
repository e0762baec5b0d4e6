import type { QuotaPolicy } from './quota-policy.js';

/**
 * What kind of refusal this is, whatever the feature. HTTP maps kinds to status codes in one table (platform/http/problem.ts);
 * a new kind does not compile until it is mapped there.
 */
export type ErrorKind =
  | 'malformed'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'conflict'
  | 'gone'
  | 'limited'
  | 'precondition-required'
  | 'precondition-failed'
  | 'unavailable';

/** What a refusal tells the caller besides its sentence. Never a code, a secret or a full recipient. */
export interface ErrorExtras {
  retryAfterSeconds?: number;
  /** Names of the limits and detectors in the way, for the API key's holder only (R49). */
  violatedPolicies?: string[];
  [name: string]: unknown;
}

/**
 * An expected refusal of a feature, told to the caller as an RFC 9457 problem.
 * `code` is stable and documented, `detail` says what to do, `extras` become members of the problem document,
 * `quotas` its header fields.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    readonly extras: ErrorExtras = {},
    readonly quotas: readonly QuotaPolicy[] = [],
  ) {
    // A stack trace of what is expected is read by nobody, and would be a twentieth of the cost of a refused request.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${code}: ${detail}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'DomainError';
  }
}
