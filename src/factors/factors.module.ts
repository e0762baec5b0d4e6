import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ApplicationFactorSettings } from './adapters/application-factor-settings.js';
import { FactorsHousekeeper } from './adapters/factors-housekeeper.js';
import { KeyringFactorSecrets } from './adapters/keyring-factor-secrets.js';
import { OtplibTotpCodes } from './adapters/otplib-totp-codes.js';
import { PostgresBackupCodeLists } from './adapters/postgres-backup-code-lists.js';
import { PostgresBackupCodes } from './adapters/postgres-backup-codes.js';
import { PostgresEnrolments } from './adapters/postgres-enrolments.js';
import { PostgresFactorChanges } from './adapters/postgres-factor-changes.js';
import { PostgresFactorLedger } from './adapters/postgres-factor-ledger.js';
import { PostgresImportLedger } from './adapters/postgres-import-ledger.js';
import { PostgresSealedFactors } from './adapters/postgres-sealed-factors.js';
import { PostgresTotpSteps } from './adapters/postgres-totp-steps.js';
import { ActivateFactor } from './application/activate-factor.js';
import { BackupCodeLists } from './application/backup-code-lists.js';
import { BackupCodes } from './application/backup-codes.js';
import { BeginEnrolment } from './application/begin-enrolment.js';
import { Enrolments } from './application/enrolments.js';
import { EraseFactors } from './application/erase-factors.js';
import { FactorChanges } from './application/factor-changes.js';
import { FactorLedger } from './application/factor-ledger.js';
import { FindFactors } from './application/find-factors.js';
import { ImportFactors } from './application/import-factors.js';
import { ImportLedger } from './application/import-ledger.js';
import { MakeBackupCodes } from './application/make-backup-codes.js';
import { NewSecrets } from './application/new-secrets.js';
import { FactorSecrets, FactorSettings, TotpCodes } from './application/ports.js';
import { ProveChange } from './application/prove-change.js';
import { RemoveFactor } from './application/remove-factor.js';
import { RenameFactor } from './application/rename-factor.js';
import { RenewBackupCodes } from './application/renew-backup-codes.js';
import { ResealFactors } from './application/reseal-factors.js';
import { SealedFactors } from './application/sealed-factors.js';
import { TakeBackupCode } from './application/take-backup-code.js';
import { TakeFactorCode } from './application/take-factor-code.js';
import { TakeTotpCode } from './application/take-totp-code.js';
import { TotpSteps } from './application/totp-steps.js';
import { BackupCodesController } from './http/backup-codes.controller.js';
import { EnrolmentController } from './http/enrolment.controller.js';
import { FactorsController } from './http/factors.controller.js';
import { ImportController } from './http/import.controller.js';

const enrolling = [BeginEnrolment, ActivateFactor, NewSecrets, FactorsHousekeeper];
const changing = [ProveChange, RenameFactor, RemoveFactor, EraseFactors, MakeBackupCodes, RenewBackupCodes];

/** Authenticators and backup codes: enrolment, and taking a code in once. */
@Module({
  imports: [ApplicationsModule, AuditModule, TokensModule],
  controllers: [EnrolmentController, FactorsController, BackupCodesController, ImportController],
  providers: [
    ...[...enrolling, ...changing],
    ...[FindFactors, TakeFactorCode, TakeTotpCode, TakeBackupCode, ImportFactors, ResealFactors],
    { provide: FactorLedger, useClass: PostgresFactorLedger },
    { provide: Enrolments, useClass: PostgresEnrolments },
    { provide: FactorChanges, useClass: PostgresFactorChanges },
    { provide: FactorSettings, useClass: ApplicationFactorSettings },
    { provide: BackupCodeLists, useClass: PostgresBackupCodeLists },
    { provide: ImportLedger, useClass: PostgresImportLedger },
    { provide: TotpSteps, useClass: PostgresTotpSteps },
    { provide: BackupCodes, useClass: PostgresBackupCodes },
    { provide: SealedFactors, useClass: PostgresSealedFactors },
    { provide: FactorSecrets, useClass: KeyringFactorSecrets },
    { provide: TotpCodes, useClass: OtplibTotpCodes },
  ],
  exports: [FindFactors, TakeFactorCode, EraseFactors],
})
export class FactorsModule {}
