import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What is remembered of an application's authenticators that are gone, of all of them together and of nobody: whoever imports one
 * of them again must not make its last code good a second time.
 */
@Entity('removed_authenticators')
export class RemovedAuthenticatorsEntity {
  @PrimaryColumn('text', { name: 'application_id' }) applicationId!: string;
  /** End of the latest time step whose code was taken in. */
  @Column('timestamptz', { name: 'used_until' }) usedUntil!: Date;
}
