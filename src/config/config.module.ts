import { Global, Module, type DynamicModule } from '@nestjs/common';
import { EinmalConfig } from '../config.js';
import { BUILT_IN_PROVIDER_TYPES } from '../delivery/adapters/providers/provider-types.js';
import { ProviderCatalog } from '../delivery/application/provider-catalog.js';
import { SandboxModule } from '../sandbox/sandbox.module.js';
import { SandboxProviderType } from '../sandbox/sandbox-provider.js';

/** What the configuration file says, for whoever is configured by it; with the sandbox's carrier outside production. */
@Global()
@Module({})
export class ConfigModule {
  static over(config: EinmalConfig, sandbox: boolean): DynamicModule {
    const catalog = (carrier?: SandboxProviderType) =>
      new ProviderCatalog(carrier ? [...BUILT_IN_PROVIDER_TYPES, carrier] : BUILT_IN_PROVIDER_TYPES, config);
    return {
      module: ConfigModule,
      imports: sandbox ? [SandboxModule] : [],
      providers: [
        { provide: EinmalConfig, useValue: config },
        { provide: ProviderCatalog, useFactory: catalog, inject: [{ token: SandboxProviderType, optional: true }] },
      ],
      exports: [EinmalConfig, ProviderCatalog],
    };
  }
}
