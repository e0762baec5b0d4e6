import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When an application was last told that a rule refuses, and since when it has been told so again and again. */
@Entity('limit_trips')
export class LimitTripEntity {
  @PrimaryColumn('text', { name: 'application_id', primaryKeyConstraintName: 'limit_trips_pkey' })
  applicationId!: string;
  @PrimaryColumn('text', { name: 'rule_name', primaryKeyConstraintName: 'limit_trips_pkey' }) ruleName!: string;
  @Column('timestamptz', { default: () => 'now()' }) since!: Date;
  @Column('timestamptz', { name: 'told_at', default: () => 'now()' }) toldAt!: Date;
}
