import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** The `send_attempts` table: one row per try to hand a delivery to one provider. */
@Entity('send_attempts')
@Unique('send_attempts_number', ['deliveryId', 'number'])
@Check(
  'send_attempts_status',
  `status IN ('submitting', 'accepted', 'ambiguous', 'rejected', 'throttled', 'quota', 'unreachable', 'misconfigured', 'withdrawn')`,
)
@Index('send_attempts_recent', ['createdAt'])
@Index('send_attempts_message', ['providerId', 'providerMessageId'], { where: 'provider_message_id IS NOT NULL' })
export class SendAttemptEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'delivery_id' }) deliveryId!: string;
  @Column('smallint') number!: number;
  @Column('text', { name: 'provider_id' }) providerId!: string;
  @Column('text', { default: 'submitting' }) status!: string;
  @Column('text', { nullable: true }) detail!: string | null;
  @Column('text', { name: 'provider_message_id', nullable: true }) providerMessageId!: string | null;
  /** Of a text message, as we measured and sent it: `gsm7` or `ucs2`, and how many messages the network makes of it. */
  @Column('text', { nullable: true }) encoding!: string | null;
  @Column('smallint', { nullable: true }) segments!: number | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  /** When its provider was last asked what became of it. */
  @Column('timestamptz', { name: 'polled_at', nullable: true }) polledAt!: Date | null;
}
