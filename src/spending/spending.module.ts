import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { PostgresPrices } from './adapters/postgres-prices.js';
import { PostgresSpendAlerts } from './adapters/postgres-spend-alerts.js';
import { PostgresSpendLedger } from './adapters/postgres-spend-ledger.js';
import { Prices, SpendAlerts, SpendLedger } from './application/ports.js';
import { ReadSpend } from './application/read-spend.js';
import { SpendCaps } from './application/spend-caps.js';
import { WatchSpend } from './application/watch-spend.js';
import { PricesController } from './http/prices.controller.js';
import { SpendController } from './http/spend.controller.js';

/** What messages cost, and what an application may spend on them. */
@Module({
  imports: [ApplicationsModule, AuditModule, EventsModule],
  controllers: [PricesController, SpendController],
  providers: [
    { provide: Prices, useClass: PostgresPrices },
    { provide: SpendAlerts, useClass: PostgresSpendAlerts },
    { provide: SpendLedger, useClass: PostgresSpendLedger },
    ...[SpendCaps, WatchSpend, ReadSpend],
  ],
  exports: [SpendCaps, WatchSpend, SpendLedger],
})
export class SpendingModule {}
