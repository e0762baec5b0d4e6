import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an operator last said about a provider. Ids come and go with the configuration file, so nothing refers to them. */
@Entity('provider_switches')
export class ProviderSwitchEntity {
  @PrimaryColumn('text', { name: 'provider_id', primaryKeyConstraintName: 'provider_switches_pkey' })
  providerId!: string;

  @Column('boolean') enabled!: boolean;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('integer') version!: number;
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt!: Date;
}
