import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What applications are told about, in the order it happened to each verification. Written in the statement that made it so. */
@Entity('events')
@Index('events_verification', ['verificationId'])
@Index('events_erased', ['erasedAt'], { where: 'erased_at IS NOT NULL' })
// Over an expression, which an entity can not say: see the migration that makes it.
@Index('events_subject', { synchronize: false })
export class EventEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  /** Null where it is about the application's traffic. */
  @Column('text', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  /** Its place among the verification's events, from 1; null where it is about none. */
  @Column('integer', { nullable: true }) sequence!: number | null;
  @Column('text') type!: string;
  @Column('jsonb') payload!: Record<string, unknown>;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  /** When its subject was erased, of whom it still says the name, because somebody is owed it. */
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt!: Date | null;
}
