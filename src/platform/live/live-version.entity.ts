import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often what an operator can change has changed, by topic: a node that has seen this number has read the newest. */
@Entity('live_versions')
export class LiveVersionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'live_versions_pkey' }) topic!: string;
  @Column('bigint') version!: string;
}
