import type { Provider } from '../application/ports.js';
import type { ProviderCatalog } from '../application/provider-catalog.js';
import { Routes } from '../application/routes.js';

/** Makes the configured providers. @throws when the configuration names a type that this process does not know. */
export function makeRoutes({ types, config }: ProviderCatalog): Routes {
  const providers = Object.entries(config.providers).map(([id, entry]): Provider => {
    const kind = types.find(({ type }) => type === entry.type);
    if (!kind) throw new Error(`There is no type "${entry.type}" of provider.`);
    return kind.create(id, entry);
  });
  return new Routes(providers, config.routes);
}
