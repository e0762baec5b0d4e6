import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One line of the audit log. Appended by {@link AuditLog} only; the database refuses to change or delete it. */
@Entity('audit_log')
// Over an expression, which an entity can not say: see the migration that makes it.
@Index('audit_log_owner', { synchronize: false })
export class AuditEntryEntity {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_log_pkey' })
  seq!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  actor!: string;

  @Column('text')
  action!: string;

  @Column('text')
  target!: string;

  @Column('jsonb')
  details!: Record<string, unknown>;

  @Column('bytea', { name: 'previous_hash' })
  previousHash!: Buffer;

  @Column('bytea')
  hash!: Buffer;
}
