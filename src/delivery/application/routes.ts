import type { Channel } from '../../shared/channel.js';
import type { Provider } from './provider.js';
import type { ProviderSwitches } from './provider-switches.js';

/** Which providers serve which channel and country, in order of preference. One that an operator has switched off serves none. */
export class Routes {
  private readonly byId: Map<string, Provider>;

  /** @param routes provider ids under `<channel>` or `<channel>/<country>`, as the configuration has them. */
  constructor(
    providers: Provider[],
    private readonly routes: Readonly<Record<string, string[]>>,
    private readonly switches: ProviderSwitches,
  ) {
    this.byId = new Map(providers.map((provider) => [provider.id, provider]));
  }

  /** Whether or not it is switched on: reports about what it was given are still taken. */
  provider(id: string): Provider | undefined {
    return this.byId.get(id);
  }

  get providers(): Provider[] {
    return [...this.byId.values()];
  }

  /**
   * Providers of a channel, the country's own route before the channel's; without either, all of the channel in the order of
   * the configuration.
   *
   * @param country ISO 3166-1 alpha-2 of a number; null for e-mail.
   */
  to(channel: Channel, country: string | null): Provider[] {
    return this.configured(channel, country).filter(({ id }) => this.switches.isOn(id));
  }

  /**
   * Providers that would serve, were they not switched off.
   *
   * @param before only those that would be asked before this one; all of them when absent.
   */
  switchedOff(channel: Channel, country: string | null, before?: Provider): Provider[] {
    const configured = this.configured(channel, country);
    const asked = before ? configured.slice(0, configured.indexOf(before)) : configured;
    return asked.filter(({ id }) => !this.switches.isOn(id));
  }

  private configured(channel: Channel, country: string | null): Provider[] {
    const ids = (country === null ? undefined : this.routes[`${channel}/${country}`]) ?? this.routes[channel];
    if (!ids) return this.providers.filter((provider) => provider.channel === channel);
    return ids.flatMap((id) => this.byId.get(id) ?? []);
  }
}
