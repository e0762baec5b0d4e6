import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** The `reports` table: every delivery report that was authentic, once. */
@Entity('reports')
@Check('reports_status', `status IN ('delivered', 'failed', 'underway', 'unknown')`)
@Index('reports_once', ['providerId', 'attemptId', 'status', 'detail'], {
  unique: true,
  where: 'attempt_id IS NOT NULL',
})
@Index('reports_once_by_message', ['providerId', 'providerMessageId', 'status', 'detail'], {
  unique: true,
  where: 'attempt_id IS NULL',
})
@Index('reports_age', ['receivedAt'])
@Index('reports_attempt', ['attemptId'], { where: 'attempt_id IS NOT NULL' })
export class ReportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('text', { name: 'provider_id' }) providerId!: string;
  @Column('text', { name: 'attempt_id', nullable: true }) attemptId!: string | null;
  @Column('text', { name: 'provider_message_id', nullable: true }) providerMessageId!: string | null;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) cause!: string | null;
  @Column('text') detail!: string;
  /** With `failed`: another provider of the channel may deliver it. */
  @Column('boolean', { default: false }) transient!: boolean;
  @Column('text', { nullable: true }) effect!: string | null;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' }) receivedAt!: Date;
}
