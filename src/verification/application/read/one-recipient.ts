import { countedAs, mask, type Recipient } from '../../../shared/recipient.js';
import { invalidRequest } from '../../../shared/refusals.js';
import { readRecipients } from './read-recipients.js';

/**
 * The one recipient a call is about: two would leave open whether both or either is meant.
 *
 * @param defaultCountry whose national spellings are understood; without one, none are
 * @returns the recipient, and the name all spellings and sub-addresses of it are counted and indexed under; `masked` for people
 * @throws 400 `invalid-request`
 */
export function oneRecipient(
  to: Parameters<typeof readRecipients>[0],
  defaultCountry?: string,
): { kind: Recipient['kind']; countedAs: string; masked: string } {
  const { phone, email } = readRecipients(to, defaultCountry);
  const recipient = phone ?? email;
  if (!recipient || (phone && email)) throw invalidRequest('to: name either a phone or an email.');
  return { kind: recipient.kind, countedAs: countedAs(recipient), masked: mask(recipient.value) };
}
