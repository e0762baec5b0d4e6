import { Module } from '@nestjs/common';
import { FindFactors } from './application/find-factors.js';
import { TakeBackupCode } from './application/take-backup-code.js';
import { TakeFactorCode } from './application/take-factor-code.js';
import { TakeTotpCode } from './application/take-totp-code.js';

/** Authenticators and backup codes: enrolment, and taking a code in once. */
@Module({
  providers: [FindFactors, TakeFactorCode, TakeTotpCode, TakeBackupCode],
  exports: [FindFactors, TakeFactorCode],
})
export class FactorsModule {}
