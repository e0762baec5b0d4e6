import type { Log } from '../../platform/log/log.js';
import type { Provider } from '../application/ports.js';
import type { ProviderCatalog } from '../application/provider-catalog.js';
import type { ProviderSwitches } from '../application/provider-switches.js';
import { Routes } from '../application/routes.js';
import { Places } from './bulkhead.js';
import { GuardedProvider } from './guarded-provider.js';

/** Makes the configured providers, each behind its own breaker and bulkhead. @throws when the configuration names a type that this process does not know. */
export function makeRoutes({ types, config }: ProviderCatalog, log: Log, switches: ProviderSwitches): Routes {
  const entries = Object.entries(config.providers);
  const places = new Places(entries.length);
  const providers = entries.map(([id, entry]): Provider => {
    const kind = types.find(({ type }) => type === entry.type);
    if (!kind) throw new Error(`There is no type "${entry.type}" of provider.`);
    return new GuardedProvider(kind.create(id, entry), log, undefined, places);
  });
  return new Routes(providers, config.routes, switches);
}
