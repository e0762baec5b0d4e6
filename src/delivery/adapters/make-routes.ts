import type { Provider } from '../application/provider.js';
import type { ProviderCatalog } from '../application/provider-catalog.js';
import type { ProviderSwitches } from '../application/provider-switches.js';
import { Routes } from '../application/routes.js';
import { Places } from './bulkhead.js';
import { BOUNDS, GuardedProvider } from './guarded-provider.js';
import type { ProviderSurroundings } from './provider-surroundings.js';

/**
 * Makes the configured providers, each behind its own breaker and bulkhead.
 *
 * @throws when the configuration names a type that this process does not know.
 */
export function makeRoutes(
  { types, config }: ProviderCatalog,
  surroundings: ProviderSurroundings,
  switches: ProviderSwitches,
): Routes {
  const entries = Object.entries(config.providers);
  const places = new Places(entries.length);
  const providers = entries.map(([id, entry]): Provider => {
    const kind = types.find(({ type }) => type === entry.type);
    if (!kind) throw new Error(`There is no type "${entry.type}" of provider.`);
    const provider = kind.create(id, entry, surroundings.contextOf(id));
    // Every schema has it as an option of its own.
    const { maxPerSecond } = entry as { maxPerSecond?: number };
    return new GuardedProvider(provider, surroundings.log, { ...BOUNDS, maxPerSecond }, places);
  });
  return new Routes(providers, config.routes, switches);
}
