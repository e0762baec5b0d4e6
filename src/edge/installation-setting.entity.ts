import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an operator set for the whole installation, by topic; what is not set has its default. */
@Entity('installation_settings')
export class InstallationSettingEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'installation_settings_pkey' })
  name!: string;

  @Column('jsonb', { default: {} })
  value!: object;

  @Column('integer', { default: 1 })
  version!: number;
}
