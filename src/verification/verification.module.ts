import { Module, type OnModuleInit } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { MessageSourceSlot } from '../delivery/application/message-source-slot.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ApplicationTenants } from './adapters/application-tenants.js';
import { Argon2Hasher } from './adapters/argon2-hasher.js';
import { AuditLogTrail } from './adapters/audit-log-trail.js';
import { Housekeeper } from './adapters/housekeeper.js';
import { JoseApprovalTokens } from './adapters/jose-approval-tokens.js';
import { KeyringFingerprints, KeyringVault } from './adapters/keyring-vault.js';
import { PostgresArchive } from './adapters/postgres-archive.js';
import { PostgresEndings } from './adapters/postgres-endings.js';
import { PostgresLedger } from './adapters/postgres-ledger.js';
import { PostgresSealedRecipients } from './adapters/postgres-sealed-recipients.js';
import { PostgresSteps } from './adapters/postgres-steps.js';
import { VerificationMessages } from './adapters/verification-messages.js';
import { AcceptVerification } from './application/accept-verification.js';
import { ApprovalToken } from './application/approval-token.js';
import { ApproveGuess } from './application/approve-guess.js';
import { CancelVerification } from './application/cancel-verification.js';
import { CheckCode } from './application/check-code.js';
import { ClaimMessage } from './application/claim-message.js';
import { EraseRecipient } from './application/erase-recipient.js';
import { ExportRecipient } from './application/export-recipient.js';
import { FindRecord } from './application/find-record.js';
import { FindState } from './application/find-state.js';
import { ForgetRecords } from './application/forget-records.js';
import { Housekeeping } from './application/housekeeping.js';
import { IssueCode } from './application/issue-code.js';
import { JudgeGuess } from './application/judge-guess.js';
import { Archive, Endings, Ledger, SealedRecipients, Steps } from './application/ledger.js';
import { MissingState } from './application/missing-state.js';
import { OpenVerification } from './application/open-verification.js';
import { ApprovalTokens, AuditTrail, CodeHasher, Fingerprints, RecipientVault, Tenants } from './application/ports.js';
import { ReadVerification } from './application/read-verification.js';
import { RefuseGuess } from './application/refuse-guess.js';
import { ReplayCheck } from './application/replay-check.js';
import { ResendCode } from './application/resend-code.js';
import { ResealRecipients } from './application/reseal-recipients.js';
import { ReserveGuess } from './application/reserve-guess.js';
import { ResolveStart } from './application/resolve-start.js';
import { RestoreState } from './application/restore-state.js';
import { SearchVerifications } from './application/search-verifications.js';
import { SendAllowance } from './application/send-allowance.js';
import { SettleGuess } from './application/settle-guess.js';
import { StartOnce } from './application/start-once.js';
import { StartVerification } from './application/start-verification.js';
import { UnlockRecipient } from './application/unlock-recipient.js';
import { hotStore } from './hot-store.js';
import { CheckController } from './http/check.controller.js';
import { JwksController } from './http/jwks.controller.js';
import { RecipientsController } from './http/recipients.controller.js';
import { StartController } from './http/start.controller.js';
import { VerificationsController } from './http/verifications.controller.js';

const starting = [StartVerification, ResolveStart, StartOnce, SendAllowance, OpenVerification, AcceptVerification];
const sending = [ClaimMessage, IssueCode, RestoreState, ResendCode, FindRecord];
const checking = [CheckCode, FindState, MissingState, ReserveGuess, RefuseGuess, JudgeGuess, SettleGuess, ApproveGuess];
const answering = [ApprovalToken, ReplayCheck, CancelVerification, ReadVerification, SearchVerifications];
const keeping = [ForgetRecords, ResealRecipients, Housekeeping, Housekeeper];
const answeringFor = [ExportRecipient, EraseRecipient, UnlockRecipient];

/** Verification: start, check, resend, cancel, read. Delivery's source of messages. */
@Module({
  imports: [ApplicationsModule, AuditModule, LimitsModule, DeliveryModule],
  controllers: [StartController, CheckController, VerificationsController, RecipientsController, JwksController],
  providers: [
    ...[...starting, ...sending, ...checking, ...answering, ...keeping, ...answeringFor],
    ...hotStore,
    { provide: Ledger, useClass: PostgresLedger },
    { provide: Endings, useClass: PostgresEndings },
    { provide: Steps, useClass: PostgresSteps },
    { provide: Archive, useClass: PostgresArchive },
    { provide: SealedRecipients, useClass: PostgresSealedRecipients },
    { provide: CodeHasher, useClass: Argon2Hasher },
    { provide: RecipientVault, useClass: KeyringVault },
    { provide: Fingerprints, useClass: KeyringFingerprints },
    { provide: ApprovalTokens, useClass: JoseApprovalTokens },
    { provide: AuditTrail, useClass: AuditLogTrail },
    { provide: Tenants, useClass: ApplicationTenants },
    VerificationMessages,
  ],
  exports: [StartVerification, CheckCode, ResendCode, ReadVerification],
})
export class VerificationModule implements OnModuleInit {
  constructor(
    private readonly slot: MessageSourceSlot,
    private readonly messages: VerificationMessages,
  ) {}

  /** Delivery knows nobody, so its source of messages comes to it, before the worker starts. */
  onModuleInit(): void {
    this.slot.fill(this.messages);
  }
}
