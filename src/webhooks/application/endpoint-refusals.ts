import { DomainError } from '../../shared/domain-error.js';

/** @param why in words, and what to do. */
export const endpointRefused = (why: string) => new DomainError('refused', 'endpoint-refused', `url: ${why}`);

export const tooManyEndpoints = (most: number) =>
  new DomainError('refused', 'too-many-endpoints', `An application has at most ${String(most)} endpoints. Delete one.`);

export const secretAlreadyRotated = (until: Date) =>
  new DomainError(
    'conflict',
    'already-rotated',
    'The secret before the last rotation still signs. Wait for its end, or end both now with overlapHours 0.',
    { until },
  );

export const messageBeingTried = () =>
  new DomainError(
    'conflict',
    'being-tried',
    'The message is being sent at this moment. Look at what comes of it within half a minute, then replay it if need be.',
  );

export const endpointDisabled = () =>
  new DomainError('conflict', 'endpoint-disabled', 'The endpoint is disabled. Enable it first, with PUT.');
