import { CHANNELS, type Channel } from '../../shared/channel.js';
import type { Provider } from './ports.js';

/** Which providers serve which channel and country, in order of preference. */
export class Routes {
  private readonly byId: Map<string, Provider>;

  /** @param routes provider ids under `<channel>` or `<channel>/<country>`, as the configuration has them. */
  constructor(
    providers: Provider[],
    private readonly routes: Readonly<Record<string, string[]>>,
  ) {
    this.byId = new Map(providers.map((provider) => [provider.id, provider]));
  }

  provider(id: string): Provider | undefined {
    return this.byId.get(id);
  }

  get providers(): Provider[] {
    return [...this.byId.values()];
  }

  /** Channels that some provider serves, in the default order of preference. */
  channels(): Channel[] {
    return CHANNELS.filter((channel) => this.providers.some((provider) => provider.channel === channel));
  }

  /**
   * Providers of a channel, the country's own route before the channel's; without either, all of the channel in the order of
   * the configuration.
   *
   * @param country ISO 3166-1 alpha-2 of a number; null for e-mail.
   */
  to(channel: Channel, country: string | null): Provider[] {
    const ids = (country === null ? undefined : this.routes[`${channel}/${country}`]) ?? this.routes[channel];
    if (!ids) return this.providers.filter((provider) => provider.channel === channel);
    return ids.flatMap((id) => this.byId.get(id) ?? []);
  }
}
