import { DomainError } from './domain-error.js';

/** Input that can not be understood; `detail` says which part and what would be right. */
export const invalidRequest = (detail: string, errors?: { path: string; message: string }[]) =>
  new DomainError('malformed', 'invalid-request', detail, errors ? { errors } : {});

export const notFound = (what: string) => new DomainError('not-found', 'not-found', `There is no such ${what}.`);

/** A dependency that decisions need is away. Nothing was decided: refusing is the safe answer (ASVS 16.5.3). */
export const unavailable = (detail: string) =>
  new DomainError('unavailable', 'unavailable', detail, { retryAfterSeconds: 1 });

/** 503 as {@link unavailable}, of a dependency that was asked and did not say: what it was asked for may be done, or be done yet. */
export class Unanswered extends DomainError {
  constructor(detail: string) {
    super('unavailable', 'unavailable', detail, { retryAfterSeconds: 1 });
  }
}

/** This process has more work waiting than it can do in time; nothing was spent. */
export const overloaded = () =>
  new DomainError('unavailable', 'overloaded', 'Too many checks are waiting. Nothing was counted; try again shortly.', {
    retryAfterSeconds: 1,
  });

/** A change must say which version it was made from, so that nobody undoes another's unseen. */
export const preconditionRequired = () =>
  new DomainError(
    'precondition-required',
    'precondition-required',
    'Read it first, and send its ETag as If-Match: a change is made from a version.',
  );

/** @param version the one there is now, where it is known. */
export const changedMeanwhile = (version?: number) =>
  new DomainError(
    'precondition-failed',
    'version-mismatch',
    'Somebody changed this meanwhile. Read it again, then save.',
    version === undefined ? {} : { version },
  );
