import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What subjects have enrolled, for migrations and their drift check. */
@Entity('factors')
@Check('factors_channel', `channel IN ('totp', 'backup-code')`)
@Check('factors_status', `status IN ('pending', 'active')`)
@Check('factors_activated', `(status = 'active') = (activated_at IS NOT NULL)`)
@Check('factors_totp', `(channel = 'totp') = (period IS NOT NULL)`)
@Check('factors_codes', `(channel = 'backup-code') = (codes_left IS NOT NULL)`)
@Index('factors_subject', ['applicationId', 'subject', 'createdAt'])
@Index('factors_one_list', ['applicationId', 'subject'], { unique: true, where: "channel = 'backup-code'" })
@Index('factors_one_unproven', ['applicationId', 'subject'], {
  unique: true,
  where: "status = 'pending' AND NOT proven",
})
@Index('factors_pending', ['createdAt'], { where: "status = 'pending'" })
export class FactorEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  @Column('text') subject!: string;
  @Column('text') channel!: string;
  @Column('text', { default: 'pending' }) status!: string;
  @Column('text', { nullable: true }) label!: string | null;
  @Column('text', { nullable: true }) algorithm!: string | null;
  @Column('smallint', { nullable: true }) digits!: number | null;
  /** Seconds. */
  @Column('smallint', { nullable: true }) period!: number | null;
  /** Sealed, for this application and factor: an authenticator's secret, or the key that its backup codes are found by. */
  @Column('text') secret!: string;
  /** Whether whoever began the enrolment had shown an existing factor, or was an administrator (R73). */
  @Column('boolean', { default: false }) proven!: boolean;
  /** Codes that were typed so as to activate it, right ones too. */
  @Column('smallint', { name: 'activation_tries', default: 0 }) activationTries!: number;
  /** The latest time step whose code was taken in (RFC 6238 section 5.2); it only grows. */
  @Column('bigint', { name: 'last_step', nullable: true }) lastStep!: string | null;
  /** What that code was taken in for. */
  @Column('text', { name: 'taken_for', nullable: true }) takenFor!: string | null;
  @Column('smallint', { name: 'codes_left', nullable: true }) codesLeft!: number | null;
  /** Number of its latest event: their order, under the lock of this row. */
  @Column('integer', { name: 'last_event', default: 0 }) lastEvent!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'activated_at', nullable: true }) activatedAt!: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
}
