import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The `verifications` table, for migrations and their drift check. Statements that decide are plain SQL in the adapters. */
@Entity('verifications')
@Check('verifications_status', `status IN ('pending', 'approved', 'failed', 'expired', 'canceled')`)
@Check('verifications_ended', `(status = 'pending') = (ended_at IS NULL)`)
@Check('verifications_budget', 'failed_checks <= max_attempts AND sends <= max_sends')
@Index('verifications_idempotency', ['applicationId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key IS NOT NULL',
})
@Index('verifications_recent', ['applicationId', 'createdAt', 'id'])
@Index('verifications_phone', ['phoneIndex'], { where: 'phone_index IS NOT NULL' })
@Index('verifications_email', ['emailIndex'], { where: 'email_index IS NOT NULL' })
@Index('verifications_subject', ['applicationId', 'subject'], {
  where: 'subject IS NOT NULL AND phone_index IS NULL AND email_index IS NULL',
})
@Index('verifications_expiring', ['expiresAt'], { where: "status = 'pending'" })
@Index('verifications_sealed', ['createdAt'], { where: 'sealed IS NOT NULL' })
@Index('verifications_keys', ['createdAt'], { where: 'idempotency_key IS NOT NULL' })
@Index('verifications_age', ['createdAt'])
@Index('verifications_unusual', ['applicationId', 'status', 'createdAt', 'id'], {
  where: "status IN ('failed', 'expired', 'canceled')",
})
export class VerificationEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  @Column('text', { default: 'pending' }) status!: string;
  @Column('text', { array: true }) channels!: string[];
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('text') locale!: string;
  @Column('text', { nullable: true }) sealed!: string | null;
  @Column('bytea', { name: 'phone_index', nullable: true }) phoneIndex!: Buffer | null;
  @Column('bytea', { name: 'email_index', nullable: true }) emailIndex!: Buffer | null;
  @Column('text', { nullable: true }) country!: string | null;
  @Column('text', { name: 'context_digest' }) contextDigest!: string;
  @Column('smallint', { name: 'code_length' }) codeLength!: number;
  @Column('smallint', { name: 'max_attempts' }) maxAttempts!: number;
  @Column('smallint', { name: 'failed_checks', default: 0 }) failedChecks!: number;
  @Column('smallint', { default: 0 }) step!: number;
  @Column('smallint', { default: 1 }) sends!: number;
  @Column('smallint', { name: 'max_sends' }) maxSends!: number;
  @Column('integer', { name: 'report_timeout_seconds' }) reportTimeoutSeconds!: number;
  /** By channel, where it is not the same for all. */
  @Column('jsonb', { name: 'report_timeouts', nullable: true }) reportTimeouts!: Record<string, number> | null;
  @Column('timestamptz', { name: 'resend_at' }) resendAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('jsonb', { default: {} }) metadata!: Record<string, string>;
  @Column('text', { name: 'idempotency_key', nullable: true }) idempotencyKey!: string | null;
  @Column('text', { name: 'idempotency_fingerprint', nullable: true }) idempotencyFingerprint!: string | null;
  @Column('text', { name: 'approved_channel', nullable: true }) approvedChannel!: string | null;
  /** Whose code approved it, where that came from a factor. */
  @Column('text', { name: 'factor_id', nullable: true }) factorId!: string | null;
  @Column('text', { name: 'token_id', nullable: true }) tokenId!: string | null;
  /** Number of its latest event: their order, under the lock of this row. */
  @Column('integer', { name: 'last_event', default: 0 }) lastEvent!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}
