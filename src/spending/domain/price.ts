import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';

/** What a message is for: the more of it is said, the more specific the price. */
export interface PricedFor {
  channel: Channel;
  /** ISO 3166-1 alpha-2 of the number; null for any. */
  country: string | null;
  /** How the number begins, `+4915`; null for any. */
  prefix: string | null;
  /** Id of the provider; null for any. */
  provider: string | null;
}

/** What one message costs; an SMS of several segments costs as many times as much, as networks charge it. */
export interface Price extends PricedFor {
  micros: Micros;
}

/** The name of what a price is for, unique in the table: `sms:DE:4915:*`. */
export const priceIdOf = ({ channel, country, prefix, provider }: PricedFor): string =>
  [channel, country ?? '*', prefix?.slice(1) ?? '*', provider ?? '*'].join(':');
