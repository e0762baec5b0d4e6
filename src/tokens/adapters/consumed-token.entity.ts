import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A token that was consumed. Nothing personal: neither the token nor whom it was about. */
@Entity('consumed_tokens')
@Index('consumed_tokens_idempotency', ['applicationId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key IS NOT NULL',
})
@Index('consumed_tokens_end', ['expiresAt'])
export class ConsumedTokenEntity {
  @PrimaryColumn('text') jti!: string;
  @Column('text', { name: 'application_id' }) applicationId!: string;
  /** Short name of the caller's Idempotency-Key, when there was one. */
  @Column('text', { name: 'idempotency_key', nullable: true }) idempotencyKey!: string | null;
  @Column('timestamptz', { name: 'consumed_at', default: () => 'now()' }) consumedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
