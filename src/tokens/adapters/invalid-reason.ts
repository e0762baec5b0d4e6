import { errors } from 'jose';
import type { InvalidReason } from '../domain/refusals.js';

/** A header that names what we never sign with. */
export class Unacceptable extends Error {
  constructor(readonly reason: InvalidReason) {
    super(reason);
  }
}

/** What is wrong with the token, in our words. @throws what is no complaint about the token. */
export function invalidReason(error: unknown): InvalidReason {
  if (error instanceof Unacceptable) return error.reason;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  if (error instanceof errors.JWTClaimValidationFailed) return BY_CLAIM[error.claim] ?? 'not-an-approval-token';
  if (error instanceof errors.JOSEError) return 'not-an-approval-token';
  throw error;
}

const BY_CLAIM: Record<string, InvalidReason> = { iss: 'other-issuer', aud: 'other-application', nbf: 'not-yet' };
