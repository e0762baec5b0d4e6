import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { ApplicationEntity } from './application.entity.js';
import type { Scope } from './principal.js';

/** A key's row: its hash, never the key. Without an application it is an operator's. */
@Entity('api_keys')
@Unique('api_keys_hash', ['hash'])
@Check('api_keys_owner', `(application_id IS NULL) = ('operator' = ANY (scopes))`)
export class ApiKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'api_keys_pkey' })
  id!: string;

  @ManyToOne(() => ApplicationEntity, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'application_id', foreignKeyConstraintName: 'api_keys_application' })
  application!: ApplicationEntity | null;

  @Column('text', { name: 'application_id', nullable: true })
  applicationId!: string | null;

  @Column('bytea')
  hash!: Buffer;

  @Column('text', { array: true })
  scopes!: Scope[];

  /** For people: which key this is. */
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  /** The key that a rotation made in place of this one. */
  @Column('text', { name: 'rotated_to', nullable: true })
  rotatedTo!: string | null;
}
