import type { ProviderType } from './provider-type.js';

/** The `providers` and `routes` of the configuration file, already checked. */
export interface ProvidersConfig {
  /** By id; `type` says which ProviderType the rest belongs to. */
  providers: Record<string, { type: string; [option: string]: unknown }>;
  /** Provider ids under `<channel>` or `<channel>/<country>`. */
  routes: Record<string, string[]>;
}

/** What providers are made of: the kinds this process knows, and what the configuration says. */
export class ProviderCatalog {
  constructor(
    readonly types: readonly ProviderType[],
    readonly config: ProvidersConfig,
  ) {}
}
