import { Module } from '@nestjs/common';
import { PostgresFactorLedger } from './adapters/postgres-factor-ledger.js';
import { FactorLedger } from './application/factor-ledger.js';
import { FindFactors } from './application/find-factors.js';

/** Authenticators and backup codes: enrolment, and taking a code in once. */
@Module({
  // TakeFactorCode, TakeTotpCode and TakeBackupCode stand here (and are exported) as soon as their ports are bound.
  providers: [FindFactors, { provide: FactorLedger, useClass: PostgresFactorLedger }],
  exports: [FindFactors],
})
export class FactorsModule {}
