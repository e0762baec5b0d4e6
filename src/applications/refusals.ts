import { DomainError } from '../shared/domain-error.js';
import type { Scope } from './principal.js';

/** One answer for every way in which a key can be wrong: it must not tell a guesser how close it came. */
export const unauthorized = () =>
  new DomainError('unauthorized', 'unauthorized', 'Send a valid API key as Authorization: Bearer ek_….');

export const forbidden = () => new DomainError('forbidden', 'forbidden', 'This API key may not do that.');

export const nameTaken = () =>
  new DomainError('conflict', 'name-taken', 'There is an application of that name already. Choose another.');

/** An operator has switched the key's application off. It says so: whoever holds the key is no guesser. */
export const applicationDisabled = () =>
  new DomainError('forbidden', 'application-disabled', 'An operator has disabled this application.');

/**
 * Nobody gives away more than they have.
 *
 * @param held absent: whoever asks may give everything.
 * @throws 403 `scope-not-held`
 */
export function refuseScopesNotHeld(wanted: Scope[], held?: Scope[]): void {
  const missing = held ? wanted.filter((scope) => !held.includes(scope)) : [];
  if (missing.length > 0)
    throw new DomainError('forbidden', 'scope-not-held', `This API key has not ${missing.join(' and ')} itself.`);
}

export const ownKey = () =>
  new DomainError('conflict', 'own-key', 'This is the key you are calling with. Add ?self=true if you mean it.');

export const alreadyRotated = (successor: string) =>
  new DomainError('conflict', 'already-rotated', 'A rotation has made another key in its place already.', {
    successor,
  });

export const keyEnded = () =>
  new DomainError('conflict', 'key-ended', 'This key was revoked or has expired. Make a new one.');

/** @param why absent: an operator saved them. */
export const operatorsSetting = (sections: string[], why = 'An operator saved it.') =>
  new DomainError(
    'refused',
    'operators-setting',
    `${sections.join(' and ')} can not be changed with this key. ${why}`,
    {
      sections,
    },
  );

export const channelsWithoutPrice = (channels: string[]) =>
  new DomainError(
    'refused',
    'no-price',
    `A cap needs prices, and there is none for ${channels.join(' and ')}. First set them with PUT /v1/admin/prices.`,
  );

export const channelsWithoutProvider = (channels: string[]) =>
  new DomainError('refused', 'no-channel', `No provider is configured for ${channels.join(' or ')}.`);
