import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import { priceIdOf, type Price } from './price.js';

/** A message whose price is asked for. */
export interface Priced {
  channel: Channel;
  /** E.164, and null for e-mail. */
  number: string | null;
  country: string | null;
  /** Who might carry it: which one does is decided when it is sent. */
  providers: readonly string[];
}

/** All prices, arranged so that asking costs the same however many there are. */
export class PriceList {
  private readonly byId: ReadonlyMap<string, Micros>;
  /** Lengths of the prefixes there are, longest first. */
  private readonly prefixLengths: readonly number[];
  private readonly highest = new Map<Channel, Micros>();

  constructor(prices: readonly Price[]) {
    this.byId = new Map(prices.map((price) => [priceIdOf(price), price.micros]));
    const lengths = prices.flatMap(({ prefix }) => (prefix === null ? [] : [prefix.length]));
    this.prefixLengths = [...new Set(lengths)].sort((a, b) => b - a);
    for (const { channel, micros } of prices)
      this.highest.set(channel, Math.max(micros, this.highest.get(channel) ?? 0));
  }

  /**
   * What a message costs at most, whichever provider carries it. The most specific price holds: one for the provider before
   * one for all, a longer prefix before a shorter, one for the country before one for any. Without any that fits, the highest
   * there is for the channel: what is not known must not look cheap.
   *
   * @returns null when nothing is known of the channel at all.
   */
  costOf(message: Priced): Micros | null {
    const { channel, providers } = message;
    const each = (providers.length > 0 ? providers : [null]).map((provider) => this.at(message, provider));
    const [first = null, ...others] = each.map((micros) => micros ?? this.highest.get(channel) ?? null);
    return others.reduce((most, micros) => (micros === null || most === null ? most : Math.max(most, micros)), first);
  }

  private at({ channel, number, country }: Priced, provider: string | null): Micros | undefined {
    const prefixes = number === null ? [] : this.prefixLengths.map((length) => number.slice(0, length));
    for (const by of provider === null ? [null] : [provider, null])
      for (const prefix of [...prefixes, null])
        for (const of of country === null ? [null] : [country, null]) {
          const micros = this.byId.get(priceIdOf({ channel, country: of, prefix, provider: by }));
          if (micros !== undefined) return micros;
        }
    return undefined;
  }
}
