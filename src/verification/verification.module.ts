import { Module, type OnModuleInit } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { MessageSourceSlot } from '../delivery/application/message-source-slot.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { ToldVerifications } from '../events/told-verification.js';
import { FactorsModule } from '../factors/factors.module.js';
import { FraudModule } from '../fraud/fraud.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ScreeningModule } from '../screening/screening.module.js';
import { SpendingModule } from '../spending/spending.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ApplicationTenants } from './adapters/application-tenants.js';
import { Argon2Hasher } from './adapters/argon2-hasher.js';
import { AuditLogTrail } from './adapters/audit-log-trail.js';
import { Housekeeper } from './adapters/housekeeper.js';
import { KeyringFingerprints, KeyringVault } from './adapters/keyring-vault.js';
import { PostgresArchive } from './adapters/postgres-archive.js';
import { PostgresEndings } from './adapters/postgres-endings.js';
import { PostgresLedger } from './adapters/postgres-ledger.js';
import { PostgresSealedRecipients } from './adapters/postgres-sealed-recipients.js';
import { PostgresSteps } from './adapters/postgres-steps.js';
import { PostgresToldVerifications } from './adapters/postgres-told-verifications.js';
import { VerificationMessages } from './adapters/verification-messages.js';
import { AcceptVerification } from './application/start/accept-verification.js';
import { ApprovalToken } from './application/check/approval-token.js';
import { AdmitGuess } from './application/check/admit-guess.js';
import { ApproveGuess } from './application/check/approve-guess.js';
import { CancelVerification } from './application/cancel-verification.js';
import { CheckAllowance } from './application/check/check-allowance.js';
import { CountOutcome } from './application/check/count-outcome.js';
import { CheckCode } from './application/check/check-code.js';
import { CheckFactor } from './application/check/check-factor.js';
import { GuessRoom } from './application/check/guess-room.js';
import { ClaimMessage } from './application/send/claim-message.js';
import { EraseRecipient } from './application/keep/erase-recipient.js';
import { EraseSubject } from './application/keep/erase-subject.js';
import { ExportRecipient } from './application/read/export-recipient.js';
import { FindRecord } from './application/send/find-record.js';
import { CountedAs } from './application/counted-as.js';
import { CompareReplay } from './application/check/compare-replay.js';
import { FindCheckedFactor } from './application/check/find-checked-factor.js';
import { FindState } from './application/check/find-state.js';
import { ForgetRecords } from './application/keep/forget-records.js';
import { Housekeeping } from './application/keep/housekeeping.js';
import { IssueCode } from './application/send/issue-code.js';
import { FailureBudget } from './application/check/failure-budget.js';
import { JudgeGuess } from './application/check/judge-guess.js';
import { MatchGuess } from './application/check/match-guess.js';
import { Archive, Endings, Ledger, SealedRecipients, Steps } from './application/ledger.js';
import { MissingState } from './application/check/missing-state.js';
import { OpenVerification } from './application/start/open-verification.js';
import { AuditTrail, CodeHasher, Fingerprints, RecipientVault, Tenants } from './application/ports.js';
import { PreviewTexts } from './application/preview/preview-texts.js';
import { ReadVerification } from './application/read/read-verification.js';
import { RefuseGuess } from './application/check/refuse-guess.js';
import { ReplayCheck } from './application/check/replay-check.js';
import { ResendCode } from './application/send/resend-code.js';
import { ResealRecipients } from './application/keep/reseal-recipients.js';
import { ReserveGuess } from './application/check/reserve-guess.js';
import { ResolveStart } from './application/start/resolve-start.js';
import { RestoreState } from './application/send/restore-state.js';
import { SearchVerifications } from './application/read/search-verifications.js';
import { PlanSteps } from './application/send/plan-steps.js';
import { SpeakCode } from './application/send/speak-code.js';
import { GiveBackSend } from './application/send/give-back-send.js';
import { SendAllowance } from './application/send/send-allowance.js';
import { SendSuspicion } from './application/send/send-suspicion.js';
import { SendScreening } from './application/send/send-screening.js';
import { RestoreSpend } from './application/send/restore-spend.js';
import { SendLimits } from './application/send/send-limits.js';
import { SendPrice } from './application/send/send-price.js';
import { TellDecision } from './application/send/tell-decision.js';
import { FirstMessage } from './application/start/first-message.js';
import { FindReachableChannels } from './application/start/reachable-channels.js';
import { SubjectFactors } from './application/start/subject-factors.js';
import { SettleGuess } from './application/check/settle-guess.js';
import { TakeAttempt } from './application/check/take-attempt.js';
import { StartOnce } from './application/start/start-once.js';
import { StartVerification } from './application/start/start-verification.js';
import { UnlockFactor } from './application/keep/unlock-factor.js';
import { UnlockRecipient } from './application/keep/unlock-recipient.js';
import { hotStore } from './hot-store.js';
import { ApplicationPreviewController } from './http/application-preview.controller.js';
import { CheckController } from './http/check.controller.js';
import { EraseFactorsController } from './http/erase-factors.controller.js';
import { FactorCheckController } from './http/factor-check.controller.js';
import { FactorLockController } from './http/factor-lock.controller.js';
import { PreviewController } from './http/preview.controller.js';
import { RecipientsController } from './http/recipients.controller.js';
import { StartController } from './http/start.controller.js';
import { VerificationsController } from './http/verifications.controller.js';

const starting = [
  ...[StartVerification, ResolveStart, FindReachableChannels, SubjectFactors],
  ...[StartOnce, FirstMessage, OpenVerification, AcceptVerification],
];
const sending = [
  CountedAs,
  TellDecision,
  SendAllowance,
  SendScreening,
  SendSuspicion,
  RestoreSpend,
  SendLimits,
  SendPrice,
  ClaimMessage,
  GiveBackSend,
  SpeakCode,
  PlanSteps,
  IssueCode,
  RestoreState,
  ResendCode,
  FindRecord,
];
const checking = [
  ...[CheckCode, CheckAllowance, FindState, MissingState, ReserveGuess, TakeAttempt, FailureBudget],
  ...[RefuseGuess, JudgeGuess, MatchGuess, SettleGuess, ApproveGuess, CountOutcome],
  ...[CheckFactor, FindCheckedFactor, GuessRoom, AdmitGuess],
];
const answering = [
  ApprovalToken,
  ReplayCheck,
  CompareReplay,
  CancelVerification,
  ReadVerification,
  SearchVerifications,
];
const keeping = [ForgetRecords, ResealRecipients, Housekeeping, Housekeeper];
const answeringFor = [ExportRecipient, EraseRecipient, EraseSubject, UnlockRecipient, UnlockFactor, PreviewTexts];

/** Verification: start, check, resend, cancel, read. Delivery's source of messages. */
@Module({
  imports: [
    ApplicationsModule,
    AuditModule,
    ScreeningModule,
    LimitsModule,
    FraudModule,
    SpendingModule,
    DeliveryModule,
    TokensModule,
    FactorsModule,
  ],
  controllers: [
    ...[StartController, CheckController, VerificationsController, RecipientsController],
    ...[FactorCheckController, FactorLockController, EraseFactorsController],
    ...[PreviewController, ApplicationPreviewController],
  ],
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
    { provide: AuditTrail, useClass: AuditLogTrail },
    { provide: Tenants, useClass: ApplicationTenants },
    { provide: ToldVerifications, useClass: PostgresToldVerifications },
    VerificationMessages,
  ],
  exports: [StartVerification, CheckCode, ResendCode, ReadVerification, ToldVerifications],
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
