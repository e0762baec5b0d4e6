import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The `limit_rules` table, for migrations and their drift check: what operators and applications set. Its CHECKs are the rails
 * for whoever writes SQL; `domain/rule-problems.ts` says the same in sentences.
 */
@Entity('limit_rules')
@Index('limit_rules_of_installation', ['name'], { unique: true, where: 'application_id IS NULL' })
@Index('limit_rules_of_application', ['applicationId', 'name'], { unique: true, where: 'application_id IS NOT NULL' })
@Check('limit_rules_name', `name ~ '^[a-z][a-z0-9-]{1,63}$'`)
@Check('limit_rules_on', `"on" IN ('send', 'unsent-start', 'check', 'failed-check')`)
@Check('limit_rules_by', `cardinality(by) BETWEEN 1 AND 3`)
@Check('limit_rules_scope', `scope = 'application' OR (scope = 'global' AND application_id IS NULL)`)
@Check('limit_rules_max', `max BETWEEN 1 AND 1000000`)
@Check('limit_rules_window', `window_seconds BETWEEN 1 AND 31622400`)
@Check('limit_rules_mode', `mode IN ('enforce', 'shadow')`)
@Check('limit_rules_saved_by', `saved_by IN ('operator', 'application')`)
export class LimitRuleEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'limit_rules_pkey' }) id!: string;
  /** Null: the installation's. */
  @Column('text', { name: 'application_id', nullable: true }) applicationId!: string | null;
  @Column('text') name!: string;
  @Column('text') on!: string;
  @Column('text', { array: true }) by!: string[];
  @Column('text') scope!: string;
  @Column('integer') max!: number;
  @Column('integer', { name: 'window_seconds' }) windowSeconds!: number;
  @Column('text', { default: 'enforce' }) mode!: string;
  @Column('boolean', { default: true }) enabled!: boolean;
  @Column('text', { default: '' }) note!: string;
  /** Whose key saved it last: an application can not loosen what an operator set for it. */
  @Column('text', { name: 'saved_by', default: 'operator' }) savedBy!: string;
  @Column('integer', { default: 1 }) version!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;
}
