import type { EinmalError } from '../calls/errors.js';

/** What a guard may answer, with its HTTP status. */
const STATUSES = {
  'approval-required': 401,
  'approval-invalid': 401,
  'approval-expired': 401,
  'approval-used': 401,
  'approval-mismatch': 403,
  'approval-channel': 403,
  'approval-unavailable': 503,
} as const;
export type ApprovalCode = keyof typeof STATUSES;

const DETAILS: Record<ApprovalCode, string> = {
  'approval-required':
    'This needs an approval. Start a verification, and send the token it ends with as Approval-Token.',
  'approval-invalid': 'This is no approval that counts here. Start a verification.',
  'approval-expired': 'The approval is too old. Start a verification.',
  'approval-used': 'The approval was used before. Start a verification.',
  'approval-mismatch': 'The approval is for something or somebody else. Start a verification.',
  'approval-channel': 'A code of this kind is not enough here. Start a verification with another channel.',
  'approval-unavailable': 'Whether this is approved can not be asked now. Try again with the same approval.',
};

/** Instead of the route's answer: a problem document (RFC 9457) with a `code` that a front end acts on. */
export interface ApprovalRefusal {
  status: (typeof STATUSES)[ApprovalCode];
  headers: Record<string, string>;
  problem: { type: string; title: string; status: number; code: ApprovalCode; detail: string; purpose: string };
}

/** @param purpose what a verification must be started for. */
export function approvalRefusal(code: ApprovalCode, purpose: string, retryAfterSeconds = 1): ApprovalRefusal {
  const status = STATUSES[code];
  const title = code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      // A 401 names a way in (RFC 9110 15.5.2). No browser knows this one, so none opens a window for it.
      ...(status === 401 && { 'www-authenticate': 'Approval-Token' }),
      ...(status === 503 && { 'retry-after': String(retryAfterSeconds) }),
    },
    problem: { type: `urn:einmal:problem:${code}`, title, status, code, detail: DETAILS[code], purpose },
  };
}

/** Nobody gets in because the service is away, or because the API key is a wrong one. */
export function refusalFor(error: EinmalError<'consumeToken'>, purpose: string): ApprovalRefusal {
  switch (error.code) {
    case 'token-expired':
      return approvalRefusal('approval-expired', purpose);
    case 'token-used':
      return approvalRefusal('approval-used', purpose);
    case 'token-mismatch':
      return approvalRefusal('approval-mismatch', purpose);
    // Too long, perhaps: what the request brought, and not what the route asks for.
    case 'invalid-request':
    case 'invalid-token':
      return approvalRefusal('approval-invalid', purpose);
    default:
      return approvalRefusal(
        'approval-unavailable',
        purpose,
        'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined,
      );
  }
}
