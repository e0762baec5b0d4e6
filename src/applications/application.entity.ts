import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Settings } from './settings.js';

/** A tenant's row. */
@Entity('applications')
@Unique('applications_name', ['name'])
export class ApplicationEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'applications_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('jsonb', { default: {} })
  settings!: Settings;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
