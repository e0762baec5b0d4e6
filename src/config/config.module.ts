import { Global, Module, type DynamicModule } from '@nestjs/common';
import { EinmalConfig } from '../config.js';

/** The configuration file's content, for whoever is configured by it. */
@Global()
@Module({})
export class ConfigModule {
  static over(config: EinmalConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: EinmalConfig, useValue: config }], exports: [EinmalConfig] };
  }
}
