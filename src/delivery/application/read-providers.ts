import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import { notFound } from '../../shared/refusals.js';
import type { Provider } from './provider.js';
import { ProviderCatalog } from './provider-catalog.js';
import { NO_FIGURES, ProviderFigures, type Figures } from './provider-figures.js';
import type { BreakerState, ProviderHealth } from './provider-health.js';
import { SwitchLedger, type KeptSwitch } from './provider-switches.js';
import { Routes } from './routes.js';

/** A provider as an operator sees it. */
export interface ProviderView {
  id: string;
  type: string;
  channel: Channel;
  /** Routes it is in: `sms`, `sms/DE`. */
  routes: string[];
  enabled: boolean;
  disabledUntil: Date | null;
  reason: string | null;
  version: number;
  breaker: BreakerState;
  /** Of the process that answers: each has seen its own sends. */
  health: HealthView | null;
  last5Minutes: Figures;
  last60Minutes: Figures;
}

export type HealthView = Omit<ProviderHealth, 'breaker' | 'paused' | 'noLink' | 'lastFailure'> & {
  noLink: { because: string; triedAgainAt: Date } | null;
  paused: { until: Date; because: string } | null;
  lastFailure: { at: Date; failure: string; detail: string } | null;
};

type FiguresOf = Awaited<ReturnType<ProviderFigures['read']>>;

const UNTOUCHED: KeptSwitch = { enabled: true, until: null, reason: null, version: 1 };

/** How the providers are doing, and which of them are switched off. */
@Injectable()
export class ReadProviders {
  constructor(
    private readonly routes: Routes,
    private readonly catalog: ProviderCatalog,
    private readonly switches: SwitchLedger,
    private readonly figures: ProviderFigures,
  ) {}

  /** All of them, in the order of the configuration file. @throws 503 `unavailable` */
  async all(): Promise<ProviderView[]> {
    const [switches, figures] = await Promise.all([this.switches.all(), this.figures.read()]);
    return this.routes.providers.map((provider) => this.view(provider, switches.get(provider.id), figures));
  }

  /** @throws 404 `not-found`; 503 `unavailable` */
  async one(id: string): Promise<ProviderView> {
    const found = (await this.all()).find((provider) => provider.id === id);
    if (!found) throw notFound('provider');
    return found;
  }

  private view(provider: Provider, kept = UNTOUCHED, figures: FiguresOf): ProviderView {
    const { id, channel } = provider;
    const { enabled, until, reason, version } = kept;
    const health = provider.health();
    const last = (minutes: 5 | 60) => figures.get(id)?.get(minutes) ?? NO_FIGURES;
    return {
      ...{ id, type: this.catalog.config.providers[id]?.type ?? '', channel, routes: this.routesOf(id, channel) },
      ...{ enabled, disabledUntil: until, reason, version, breaker: health?.breaker ?? 'closed' },
      health: health && shown(health),
      ...{ last5Minutes: last(5), last60Minutes: last(60) },
    };
  }

  /** A channel without a route of its own is served by all of its providers. */
  private routesOf(id: string, channel: Channel): string[] {
    const { routes } = this.catalog.config;
    const named = Object.keys(routes).filter((name) => routes[name]?.includes(id));
    return routes[channel] ? named : [channel, ...named];
  }
}

function shown({ node, inFlight, maxPerSecond, paused, noLink, lastFailure }: ProviderHealth): HealthView {
  return {
    ...{ node, inFlight, maxPerSecond },
    paused: paused && { ...paused, until: new Date(paused.until) },
    noLink: noLink && { ...noLink, triedAgainAt: new Date(noLink.triedAgainAt) },
    lastFailure: lastFailure && { ...lastFailure, at: new Date(lastFailure.at) },
  };
}
