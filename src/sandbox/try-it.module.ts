import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { PageController } from './page.controller.js';
import { TryIt } from './ports.js';
import { TryItController } from './try-it.controller.js';

/** The try-it page. Imported outside production only. */
@Module({ controllers: [PageController, TryItController] })
export class TryItModule {
  /** The page over a `TryIt` whose own dependencies the `modules` export. */
  static over(modules: Type[], tryIt: Type<TryIt>, its: Type[] = []): DynamicModule {
    return { module: TryItModule, imports: modules, providers: [...its, { provide: TryIt, useClass: tryIt }] };
  }
}
