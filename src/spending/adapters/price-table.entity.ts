import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row about all prices together: their currency, and the version that a change is made from. */
@Entity('price_table')
export class PriceTableEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'price_table_pkey' }) name!: string;
  /** ISO 4217; null until the first price. */
  @Column('text', { nullable: true }) currency!: string | null;
  @Column('integer', { default: 1 }) version!: number;
}
