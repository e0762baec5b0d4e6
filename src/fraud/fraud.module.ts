import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { PostgresPrices } from './adapters/postgres-prices.js';
import { PostgresSpendAlerts } from './adapters/postgres-spend-alerts.js';
import { JudgeSend } from './application/judge-send.js';
import { Prices } from './application/price-ports.js';
import { SpendCaps } from './application/spend-caps.js';
import { SpendAlerts } from './application/spend-ports.js';
import { WatchSpend } from './application/watch-spend.js';
import { PricesController } from './http/prices.controller.js';

/** Detectors of pumping and spraying. */
@Module({
  imports: [AuditModule, EventsModule],
  controllers: [PricesController],
  providers: [
    { provide: Prices, useClass: PostgresPrices },
    { provide: SpendAlerts, useClass: PostgresSpendAlerts },
    SpendCaps,
    WatchSpend,
    JudgeSend,
  ],
  exports: [SpendCaps, WatchSpend, JudgeSend],
})
export class FraudModule {}
