import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ApplicationsModule } from './applications/applications.module.js';
import { ReadAuditModule } from './audit/read-audit.module.js';
import type { EinmalConfig } from './config.js';
import { ConfigModule } from './config/config.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { EdgeModule } from './edge/edge.module.js';
import { FactorsModule } from './factors/factors.module.js';
import { FraudModule } from './fraud/fraud.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { EdgeThrottleModule } from './platform/http/edge-throttle.module.js';
import { ProblemFilter } from './platform/http/problem-filter.js';
import { StrictValidationPipe } from './platform/http/strict-validation.pipe.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';
import { ScreeningModule } from './screening/screening.module.js';
import { SpendingModule } from './spending/spending.module.js';
import { StatsModule } from './stats/stats.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { TryItModule } from './sandbox/try-it.module.js';
import { VerificationTryIt } from './try-it.js';
import { VisitorsApplication } from './visitors-application.js';
import { VerificationModule } from './verification/verification.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

export interface AppParts extends PlatformParts {
  config: EinmalConfig;
}

/** The whole service. */
@Module({})
export class AppModule {
  static over({ config, ...platform }: AppParts): DynamicModule {
    const { sandbox, metricsServed } = platform.runtime;
    return {
      module: AppModule,
      imports: [
        // First, so that its guard refuses a flood before anything else looks at it.
        EdgeThrottleModule,
        PlatformModule.over(platform),
        ConfigModule.over(config, sandbox),
        ...[
          ReadAuditModule,
          ApplicationsModule,
          EdgeModule,
          ScreeningModule,
          LimitsModule,
          FraudModule,
          SpendingModule,
          DeliveryModule,
          TokensModule,
          FactorsModule,
          VerificationModule,
          StatsModule,
          WebhooksModule,
        ],
        ...(metricsServed ? [MetricsModule] : []),
        ...(sandbox
          ? [TryItModule.over([VerificationModule, ApplicationsModule], VerificationTryIt, [VisitorsApplication])]
          : []),
      ],
      providers: [
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(platform.log) },
        { provide: APP_PIPE, useValue: new StrictValidationPipe() },
      ],
    };
  }
}
