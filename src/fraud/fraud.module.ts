import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { PostgresPrices } from './adapters/postgres-prices.js';
import { PostgresSpendAlerts } from './adapters/postgres-spend-alerts.js';
import { PostgresSpendLedger } from './adapters/postgres-spend-ledger.js';
import { JudgeSend } from './application/judge-send.js';
import { Prices } from './application/price-ports.js';
import { ReadSpend } from './application/read-spend.js';
import { SpendCaps } from './application/spend-caps.js';
import { SpendAlerts, SpendLedger } from './application/spend-ports.js';
import { WatchSpend } from './application/watch-spend.js';
import { PricesController } from './http/prices.controller.js';
import { SpendController } from './http/spend.controller.js';

/** Detectors of pumping and spraying. */
@Module({
  imports: [ApplicationsModule, AuditModule, EventsModule],
  controllers: [PricesController, SpendController],
  providers: [
    { provide: Prices, useClass: PostgresPrices },
    { provide: SpendAlerts, useClass: PostgresSpendAlerts },
    { provide: SpendLedger, useClass: PostgresSpendLedger },
    ReadSpend,
    SpendCaps,
    WatchSpend,
    JudgeSend,
  ],
  exports: [SpendCaps, WatchSpend, JudgeSend],
})
export class FraudModule {}
