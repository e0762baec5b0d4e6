import { DomainError } from '../../shared/domain-error.js';
import type { TokenContext } from './token-context.js';

/** Why a token is not one that this service gave to this application. */
export type InvalidReason =
  'not-an-approval-token' | 'unknown-key' | 'bad-signature' | 'other-issuer' | 'other-application' | 'not-yet';

const WHAT_TO_DO: Record<InvalidReason, string> = {
  'not-an-approval-token': 'This is not an approval token. Send the "token" of a check’s answer as it came.',
  'unknown-key': 'It is signed with a key that this service does not have, or has no longer. Start a new verification.',
  'bad-signature': 'It was altered, or somebody else signed it. Start a new verification.',
  'other-issuer': 'It was issued under another PUBLIC_URL. Ask the service that issued it.',
  'other-application':
    'It was issued to another application. Use a key of the application that started the verification.',
  'not-yet': 'It is from the future: the ledger’s clock was set back. Start a new verification.',
};

/** The caller is told why: it is its own token, or one that says so to whoever reads it. */
export const invalidToken = (reason: InvalidReason) =>
  new DomainError('refused', 'invalid-token', WHAT_TO_DO[reason], { reason });

/** Nothing is consumed: whoever asks with the right words still can. @param mismatched what differs, by name. */
export const tokenMismatch = (mismatched: (keyof TokenContext)[]) =>
  new DomainError(
    'refused',
    'token-mismatch',
    `The token is not for this ${mismatched.join(', ')}. Name what the verification was started with, and nothing else; it was not consumed.`,
    { mismatched },
  );

export const tokenExpired = () =>
  new DomainError('gone', 'token-expired', 'The token is past its end. Start a new verification.');

export const tokenUsed = () =>
  new DomainError('gone', 'token-used', 'The token was consumed before. Start a new verification.');

/** Answering with either token's approval would let a constant key make one token good for many requests. */
export const otherTokenUnderKey = () =>
  new DomainError(
    'refused',
    'idempotency-mismatch',
    'This Idempotency-Key was used with another token. Use a new one for every token.',
  );
