import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { CodeChannel } from '../shared/channel.js';
import type { CountrySettings } from './country-settings.js';
import type { FactorSettings } from './factor-settings.js';
import type { GuardedSection } from './operator-sections.js';
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
  settings!: Omit<Settings, 'countries' | 'spend' | 'fraud' | 'templates' | 'senders' | 'voice' | 'factors'>;

  /** Null where the application says nothing. The default is for the version before, which does not know the column. */
  @Column('jsonb', { nullable: true, default: { sms: 'all', voice: 'all' } })
  countries!: CountrySettings | null;

  /** What the version before does not know, and would not read beside the rest; null where the application says nothing. */
  @Column('jsonb', { nullable: true })
  controls!: Pick<Settings, 'spend' | 'fraud'> | null;

  /** What messages say and who they come from, also unknown to a version before; null where the application says nothing. */
  @Column('jsonb', { nullable: true })
  texts!: Pick<Settings, 'templates' | 'senders' | 'voice'> | null;

  /** How authenticators are checked, unknown to a version before as well; null where the application says nothing. */
  @Column('jsonb', { nullable: true })
  factors!: FactorSettings | null;

  /** A plan that names factors, also unknown to a version before; null where `settings` has all of it. */
  @Column('jsonb', { nullable: true })
  plan!: CodeChannel[] | null;

  /** Those that an operator saved, and the application's own key leaves as they are. */
  @Column('jsonb', { name: 'operator_sections', nullable: true })
  operatorSections!: GuardedSection[] | null;

  @Column('integer', { default: 1 })
  version!: number;

  /** Since when its keys are refused; null while they are not. */
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
