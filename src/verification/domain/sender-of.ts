import type { Channel } from '../../shared/channel.js';
import type { Recipient } from '../../shared/recipient.js';

/** What phones show as the sender, by country, and by `default` for all others. */
export interface Senders {
  sms?: Record<string, string> | undefined;
  voice?: Record<string, string> | undefined;
}

/** As whom an application writes to an address or calls it; undefined where that is left to the provider. */
export function senderOf(senders: Senders, channel: Channel, address: Recipient): string | undefined {
  if (channel === 'email' || address.kind !== 'phone') return undefined;
  const own = senders[channel] ?? {};
  return own[address.country] ?? own['default'];
}
