import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** The `deliveries` table, for migrations and their drift check. Statements that decide are plain SQL in the adapters. */
@Entity('deliveries')
@Unique('deliveries_step', ['messageId', 'step'])
@Check(
  'deliveries_status',
  `status IN ('queued', 'submitting', 'sent', 'delivered', 'failed', 'unconfirmed', 'canceled')`,
)
@Check('deliveries_origin', `origin IN ('start', 'resend', 'fallback')`)
@Index('deliveries_recent', ['applicationId', 'createdAt'])
@Index('deliveries_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
export class DeliveryEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'message_id' }) messageId!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  @Column('smallint') step!: number;
  @Column('text') channel!: string;
  @Column('text') origin!: string;
  @Column('text') reason!: string;
  @Column('text', { nullable: true }) country!: string | null;
  @Column('text', { default: 'queued' }) status!: string;
  @Column('text', { nullable: true }) cause!: string | null;
  /** Failed by a report that said so: another provider of the channel may deliver it. */
  @Column('boolean', { default: false }) transient!: boolean;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('smallint', { default: 0 }) attempts!: number;
  @Column('text', { name: 'attempt_id', nullable: true }) attemptId!: string | null;
  @Column('integer', { name: 'report_timeout_seconds' }) reportTimeoutSeconds!: number;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  /** When something is to be done next; null when nothing is. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** Until when a worker holds it, and the proof that it does. */
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('timestamptz', { name: 'delivered_late_at', nullable: true }) deliveredLateAt!: Date | null;
  /** What it was counted for when it was allowed, in millionths of the currency; null where no price was known. */
  @Column('bigint', { name: 'price_micros', nullable: true }) priceMicros!: string | null;
}
