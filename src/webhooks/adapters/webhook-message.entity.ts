import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One event that one endpoint is owed: a row of a queue until it has ended, of a history afterwards. */
@Entity('webhook_messages')
@Check('webhook_messages_status', `status IN ('pending', 'delivered', 'failed')`)
@Index('webhook_messages_due', ['endpointId', 'dueAt', 'eventId'], { where: "status = 'pending'" })
@Index('webhook_messages_order', ['endpointId', 'verificationId', 'sequence'], { where: "status = 'pending'" })
@Index('webhook_messages_failed', ['endpointId', 'eventId'], { where: "status = 'failed'" })
@Index('webhook_messages_event', ['eventId'])
@Index('webhook_messages_age', ['createdAt'])
export class WebhookMessageEntity {
  @PrimaryColumn('text', { name: 'endpoint_id' }) endpointId!: string;
  @PrimaryColumn('bigint', { name: 'event_id' }) eventId!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  @Column('text', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  /** Place among the verification's events: told only after those before it. */
  @Column('integer', { nullable: true }) sequence!: number | null;
  @Column('text', { default: 'pending' }) status!: string;
  @Column('smallint', { default: 0 }) tries!: number;
  @Column('timestamptz', { name: 'due_at', default: () => 'now()' }) dueAt!: Date;
  /** Somebody has it in hand until then, which is when it is due again should they never say what came of it. */
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  /** It went before its time once, because its endpoint answered again. */
  @Column('boolean', { default: false }) hurried!: boolean;
  @Column('timestamptz', { name: 'tried_at', nullable: true }) triedAt!: Date | null;
  /** HTTP status of the last try's answer. */
  @Column('smallint', { name: 'last_status', nullable: true }) lastStatus!: number | null;
  /** Why the last try failed, in our words. */
  @Column('text', { name: 'last_error', nullable: true }) lastError!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}
