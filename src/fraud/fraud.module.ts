import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PostgresPrices } from './adapters/postgres-prices.js';
import { JudgeSend } from './application/judge-send.js';
import { Prices } from './application/price-ports.js';
import { PricesController } from './http/prices.controller.js';

/** Detectors of pumping and spraying. */
@Module({
  imports: [AuditModule],
  controllers: [PricesController],
  providers: [{ provide: Prices, useClass: PostgresPrices }, JudgeSend],
  exports: [JudgeSend],
})
export class FraudModule {}
