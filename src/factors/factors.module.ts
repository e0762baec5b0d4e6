import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ApplicationFactorSettings } from './adapters/application-factor-settings.js';
import { KeyringFactorSecrets } from './adapters/keyring-factor-secrets.js';
import { OtplibTotpCodes } from './adapters/otplib-totp-codes.js';
import { PostgresBackupCodeLists } from './adapters/postgres-backup-code-lists.js';
import { PostgresFactorCodes } from './adapters/postgres-factor-codes.js';
import { PostgresFactorLedger } from './adapters/postgres-factor-ledger.js';
import { PostgresImportLedger } from './adapters/postgres-import-ledger.js';
import { BackupCodeLists } from './application/backup-code-lists.js';
import { FactorLedger } from './application/factor-ledger.js';
import { FindFactors } from './application/find-factors.js';
import { ImportFactors } from './application/import-factors.js';
import { ImportLedger } from './application/import-ledger.js';
import { MakeBackupCodes } from './application/make-backup-codes.js';
import { FactorCodes, FactorSecrets, FactorSettings, TotpCodes } from './application/ports.js';
import { TakeBackupCode } from './application/take-backup-code.js';
import { TakeFactorCode } from './application/take-factor-code.js';
import { TakeTotpCode } from './application/take-totp-code.js';
import { ImportController } from './http/import.controller.js';

/** Authenticators and backup codes: enrolment, and taking a code in once. */
@Module({
  imports: [ApplicationsModule, AuditModule],
  controllers: [ImportController],
  providers: [
    ...[FindFactors, TakeFactorCode, TakeTotpCode, TakeBackupCode, MakeBackupCodes, ImportFactors],
    { provide: FactorLedger, useClass: PostgresFactorLedger },
    { provide: FactorSettings, useClass: ApplicationFactorSettings },
    { provide: BackupCodeLists, useClass: PostgresBackupCodeLists },
    { provide: ImportLedger, useClass: PostgresImportLedger },
    { provide: FactorCodes, useClass: PostgresFactorCodes },
    { provide: FactorSecrets, useClass: KeyringFactorSecrets },
    { provide: TotpCodes, useClass: OtplibTotpCodes },
  ],
  exports: [FindFactors, TakeFactorCode],
})
export class FactorsModule {}
