import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A price's row. Its id says what it is for, so that two for the same can not be. */
@Entity('prices')
@Check('prices_micros', 'micros >= 0')
export class PriceEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'prices_pkey' }) id!: string;
  @Column('text') channel!: string;
  @Column('text', { nullable: true }) country!: string | null;
  @Column('text', { nullable: true }) prefix!: string | null;
  @Column('text', { nullable: true }) provider!: string | null;
  @Column('bigint') micros!: string;
}
