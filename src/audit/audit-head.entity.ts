import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that knows the log's last entry: what appends queue up at, and what shows that the end was cut off. */
@Entity('audit_head')
@Check('audit_head_one', 'id')
export class AuditHeadEntity {
  @PrimaryColumn('boolean', { default: true, primaryKeyConstraintName: 'audit_head_pkey' })
  id!: boolean;

  @Column('bigint')
  seq!: string;

  @Column('bytea', { name: 'previous_hash' })
  previousHash!: Buffer;

  @Column('bytea')
  hash!: Buffer;
}
