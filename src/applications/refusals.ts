import { DomainError } from '../shared/domain-error.js';

/** One answer for every way in which a key can be wrong: it must not tell a guesser how close it came. */
export const unauthorized = () =>
  new DomainError('unauthorized', 'unauthorized', 'Send a valid API key as Authorization: Bearer ek_….');

export const forbidden = () => new DomainError('forbidden', 'forbidden', 'This API key may not do that.');

export const nameTaken = () =>
  new DomainError('conflict', 'name-taken', 'There is an application of that name already. Choose another.');

export const changedMeanwhile = (version: number) =>
  new DomainError('conflict', 'version-mismatch', 'Somebody changed this meanwhile. Read it again, then save.', {
    version,
  });

export const channelsWithoutProvider = (channels: string[]) =>
  new DomainError('refused', 'no-channel', `No provider is configured for ${channels.join(' or ')}.`);
