import type { ProviderKind } from './delivery/application/provider-type.js';
import { BUILT_IN_PROVIDER_TYPES } from './delivery/adapters/providers/provider-types.js';
import { sandboxKind } from './sandbox/sandbox-provider.js';

/** The kinds of providers that a configuration file can name. */
export const providerKinds: readonly ProviderKind[] = [...BUILT_IN_PROVIDER_TYPES, sandboxKind];
