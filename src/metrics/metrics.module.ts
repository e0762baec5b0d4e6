import { Module } from '@nestjs/common';
import { DueDeliveriesCount } from './due-deliveries.js';
import { DueWebhooks } from './due-webhooks.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { StoreProbe } from './store-probe.js';
import { UncappedApplications } from './uncapped-applications.js';

/** `GET /metrics`. Without this module nobody listens to what is observed, and observing costs nothing. */
@Module({
  controllers: [MetricsController],
  providers: [Metrics, StoreProbe, DueDeliveriesCount, UncappedApplications, DueWebhooks],
})
export class MetricsModule {}
