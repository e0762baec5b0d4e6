import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FactorEntity } from './factor.entity.js';

/** One of a subject's backup codes, found by a digest under a key of the list's own; the code itself is nowhere. */
@Entity('backup_codes')
export class BackupCodeEntity {
  @PrimaryColumn('text', { name: 'factor_id' })
  @ForeignKey(() => FactorEntity, { name: 'backup_codes_factor', onDelete: 'CASCADE' })
  factorId!: string;
  @PrimaryColumn('bytea') digest!: Buffer;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  /** The verification it was taken in for. */
  @Column('text', { name: 'taken_for', nullable: true }) takenFor!: string | null;
}
