import type { Channel, CodeChannel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import type { Page } from '../../shared/page.js';
import type { EndStatus, VerificationStatus } from '../domain/verification.js';

/** A verification as the ledger keeps it. A pending one past its end already reads as `expired`. */
export interface VerificationRecord {
  id: string;
  applicationId: string;
  status: VerificationStatus;
  /** The plan; where its first is a factor's, nothing was sent when it began. */
  channels: CodeChannel[];
  purpose: string | null;
  subject: string | null;
  locale: string;
  /** Everything personal, encrypted; null once it was erased or its time was over. */
  sealed: string | null;
  country: string | null;
  contextDigest: string;
  codeLength: number;
  maxAttempts: number;
  failedChecks: number;
  step: number;
  sends: number;
  maxSends: number;
  reportTimeoutSeconds: number;
  resendAt: Date;
  /** Milliseconds until `resendAt` by Postgres's clock; 0 when it has come. */
  resendInMs: number;
  expiresAt: Date;
  metadata: Record<string, string>;
  idempotencyFingerprint: string | null;
  approvedChannel: CodeChannel | null;
  /** Whose code approved it; null where that was sent. */
  factorId: string | null;
  tokenId: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** What `start` writes. */
export type NewVerification = Pick<
  VerificationRecord,
  | 'id'
  | 'applicationId'
  | 'channels'
  | 'purpose'
  | 'subject'
  | 'locale'
  | 'country'
  | 'contextDigest'
  | 'codeLength'
  | 'maxAttempts'
  | 'maxSends'
  | 'reportTimeoutSeconds'
  | 'resendAt'
  | 'expiresAt'
  | 'metadata'
> & {
  sealed: string;
  phoneIndex: Buffer | null;
  emailIndex: Buffer | null;
  /** By channel, where it is not the same for all. */
  reportTimeouts?: Record<Channel, number> | null;
  idempotencyKey: string | null;
  idempotencyFingerprint: string | null;
  /** Its first delivery, over the first channel; null where that is a factor's and nothing is sent. */
  deliveryId: string | null;
  /** What its first delivery was counted for; null or absent where no price is known. */
  priceMicros?: Micros | null;
};

/** The durable record of verifications. Throws 503 `unavailable` when Postgres can not be reached, `Unanswered` when it does not say. */
export abstract class Ledger {
  /**
   * Writes the verification, its first delivery (due now) if it has one, and its event in ONE statement: what was accepted is exactly what
   * will be sent (R94). False, and nothing is written, when the application has used this idempotency key before, or where nothing leads to
   * it but a factor and the subject has none any more.
   */
  abstract start(verification: NewVerification): Promise<boolean>;
  /** One of the application's verifications; null for another's, as for one that does not exist (R78). */
  abstract find(applicationId: string, id: string): Promise<VerificationRecord | null>;
  /** The verification that an idempotency key started. */
  abstract findByIdempotencyKey(applicationId: string, key: string): Promise<VerificationRecord | null>;
}

/** How the right code came. */
export interface GivenApproval {
  channel: CodeChannel;
  tokenId: string;
  /** Whose code it is, where it was not sent. */
  factorId?: string | undefined;
}

/** The one place where a verification ends: a guarded UPDATE that feeds the event in the same statement. */
export abstract class Endings {
  /** `pending → approved`; idempotent by `tokenId` for as long as its token
   * lives. Null when it had ended otherwise, or its time was over, before. */
  abstract approve(id: string, approval: GivenApproval): Promise<VerificationRecord | null>;
  /** `pending → status`. False when it had ended before. */
  abstract end(id: string, status: Exclude<EndStatus, 'approved'>): Promise<boolean>;
  /**
   * Counts a wrong comparison; the last one of the budget ends it as `failed`. A right guess that is still in flight holds one
   * of the attempts, so the budget can not be full of wrong ones before it. Null when the verification had ended before.
   */
  abstract countWrong(id: string): Promise<'pending' | 'failed' | null>;
  /** Ends up to `limit` overdue verifications as `expired`; gives their ids. */
  abstract expireOverdue(limit: number): Promise<string[]>;
  /** Ends up to `limit` pending verifications begun until `begunBy`, by Postgres's clock, as `canceled`; gives how many. */
  abstract cancelPending(begunBy: Date, limit: number): Promise<number>;
}

export interface StepRequest {
  deliveryId: string;
  channel: Channel;
  origin: 'resend' | 'fallback';
  reason: string;
  /** What it was counted for; null or absent where no price is known, or where it is counted later. */
  priceMicros?: Micros | null;
}

/** Steps of a verification: each exists once. */
export abstract class Steps {
  /** The verification behind a message, whoever's it is. */
  abstract find(id: string): Promise<VerificationRecord | null>;
  /**
   * Takes the step after `fromStep` and inserts its delivery, due now, in one statement: only while pending, at that step,
   * with sends left, and for a resend only when its cooldown is over. False when it may not be taken.
   */
  abstract advance(id: string, fromStep: number, next: StepRequest): Promise<boolean>;
  /** Keeps what a delivery was counted for, where that is known only when its turn has come. */
  abstract priced(deliveryId: string, micros: Micros): Promise<void>;
}

export interface SearchQuery {
  /** Indexes of the recipient under every secret; empty: any recipient. */
  recipient: { kind: 'phone' | 'email'; indexes: Buffer[] } | null;
  status: VerificationStatus | null;
  from: Date | null;
  until: Date | null;
  limit: number;
  cursor: string | null;
}

/** Looking back: search, and what privacy law asks for. `applicationId` null means every application (an operator's call). */
export abstract class Archive {
  /** Newest first. @throws 400 `invalid-request` for a cursor that no page gave. */
  abstract search(applicationId: string, query: SearchQuery): Promise<Page<VerificationRecord>>;
  /** All verifications of one recipient, newest first, at most `limit`. */
  abstract ofRecipient(
    applicationId: string | null,
    recipient: NonNullable<SearchQuery['recipient']>,
    limit: number,
  ): Promise<VerificationRecord[]>;
  /** Up to `limit` ids of a subject's verifications that have no recipient, and so are of its factors alone. */
  abstract ofSubjectAlone(applicationId: string, subject: string, limit: number): Promise<string[]>;
  /** Whether a phone number, by its indexes under every secret, was approved by this application and is not forgotten yet. */
  abstract approvedBefore(applicationId: string, phoneIndexes: Buffer[]): Promise<boolean>;
  /** Empties what is personal in verifications. */
  abstract empty(ids: string[]): Promise<void>;
  /** Deletes verifications and their events. */
  abstract delete(ids: string[]): Promise<void>;
  /** Up to `limit` ids of verifications older than `days`. */
  abstract olderThan(days: number, limit: number): Promise<string[]>;
  /** Empties what is personal in verifications older than `days`, a batch at a time; gives how many changed. */
  abstract forgetRecipients(days: number): Promise<number>;
  /** Forgets day-old idempotency keys, a batch at a time; gives how many. */
  abstract forgetIdempotencyKeys(): Promise<number>;
}

/** A recipient at rest: sealed under one key, indexed under the same. */
export interface SealedRecipient {
  sealed: string;
  phoneIndex: Buffer | null;
  emailIndex: Buffer | null;
}

/** Moving what is at rest from older keys to the newest, so that an older one can be dropped. */
export abstract class SealedRecipients {
  /** Up to `limit` verifications whose recipient is sealed under one of these keys. */
  abstract under(kids: string[], limit: number): Promise<{ id: string; sealed: string }[]>;
  /** Replaces what was sealed. @returns false when it is not `was` any more: nothing has changed then. */
  abstract replace(id: string, was: string, by: SealedRecipient): Promise<boolean>;
}
