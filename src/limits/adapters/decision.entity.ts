import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/**
 * The `decisions` table: what limits were asked, and what they said. Written by every process about once a second, kept for
 * {@link RETENTION_HOURS} hours. Names of things are keyed; an address is kept as it is counted.
 */
@Entity('decisions')
@Check(
  'decisions_outcome',
  `outcome IN ('admitted', 'refused', 'screened', 'suspected', 'returned', 'succeeded', 'unlocked', 'not-recorded')`,
)
@Index('decisions_application', ['applicationId', 'at', 'id'])
@Index('decisions_verification', ['verificationId'], { where: 'verification_id IS NOT NULL' })
@Index('decisions_recipient', ['recipient', 'at'], { where: 'recipient IS NOT NULL' })
@Index('decisions_ip', ['ip', 'at'], { where: 'ip IS NOT NULL' })
@Index('decisions_refused', ['applicationId', 'at', 'id'], {
  where: 'refused_by IS NOT NULL OR shadowed_by IS NOT NULL',
})
export class DecisionEntity {
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'decisions_pkey' }) at!: Date;
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'decisions_pkey',
  })
  id!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  /** One of {@link LIMITED_ACTS}. */
  @Column('text', { name: 'limit_on' }) limitOn!: string;
  @Column('text') outcome!: string;
  /** How many acts it stands for: more than one only where a flood was counted instead of written down. */
  @Column('integer', { default: 1 }) times!: number;
  /** What was counted under this name is given back under it. */
  @Column('text', { nullable: true }) act!: string | null;
  @Column('text', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  @Column('text', { nullable: true }) channel!: string | null;
  @Column('text', { nullable: true }) country!: string | null;
  @Column('text', { nullable: true }) recipient!: string | null;
  @Column('text', { name: 'recipient_prefix', nullable: true }) recipientPrefix!: string | null;
  @Column('text', { nullable: true }) subject!: string | null;
  /** Of a guess at a factor; what was typed for a code that was sent counts for its recipient and subject. */
  @Column('text', { nullable: true }) factor!: string | null;
  @Column('text', { nullable: true }) ip!: string | null;
  @Column('text', { nullable: true }) device!: string | null;
  @Column('text', { name: 'api_key', nullable: true }) apiKey!: string | null;
  @Column('jsonb', { nullable: true }) custom!: Record<string, string> | null;
  /** Nobody asked for it: the short pause between two sends did not apply. */
  @Column('boolean', { default: false }) fallback!: boolean;
  /** The recipient whose failure budget needed room, where a send goes to another address of that person. */
  @Column('text', { name: 'locked_as', nullable: true }) lockedAs!: string | null;
  @Column('text', { name: 'refused_by', array: true, nullable: true }) refusedBy!: string[] | null;
  @Column('text', { name: 'shadowed_by', array: true, nullable: true }) shadowedBy!: string[] | null;
}
