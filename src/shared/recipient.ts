import type { Channel } from './channel.js';
import { mailboxOf, type EmailRecipient } from './email-address.js';
import type { PhoneRecipient } from './phone-number.js';

/** Where codes go: a phone number, an e-mail address, or both. Canonical before any use. */
export interface Recipients {
  phone?: PhoneRecipient;
  email?: EmailRecipient;
}
export type Recipient = PhoneRecipient | EmailRecipient;

/** The address a channel uses, or undefined where the recipient has none for it. */
export function addressFor(channel: Channel, to: Recipients): Recipient | undefined {
  return channel === 'email' ? to.email : to.phone;
}

/** What limits and look-ups count a recipient as: one name for every spelling and every sub-address of one person. */
export function countedAs(recipient: Recipient): string {
  return recipient.kind === 'phone' ? `phone:${recipient.value}` : `email:${mailboxOf(recipient.value)}`;
}

/** The recipient as people may see it: `+49151•••••78`, `a•••@example.org`. */
export function mask(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  const shown = Math.min(6, Math.max(3, address.length - 7));
  return `${address.slice(0, shown)}•••••${address.slice(-2)}`;
}
