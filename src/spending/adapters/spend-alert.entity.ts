import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When an application was last seen at a share of its cap. It is told once, and again after it has been below for a while. */
@Entity('spend_alerts')
export class SpendAlertEntity {
  @PrimaryColumn('text', { name: 'application_id', primaryKeyConstraintName: 'spend_alerts_pkey' })
  applicationId!: string;
  @PrimaryColumn('text', { name: 'window_name', primaryKeyConstraintName: 'spend_alerts_pkey' }) window!: string;
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'spend_alerts_pkey' }) percent!: number;
  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' }) seenAt!: Date;
}
