import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The `list_entries` table, for migrations and their drift check. */
@Entity('list_entries')
@Index('list_entries_of_installation', ['list', 'kind', 'key'], { unique: true, where: 'application_id IS NULL' })
@Index('list_entries_of_application', ['applicationId', 'list', 'kind', 'key'], {
  unique: true,
  where: 'application_id IS NOT NULL',
})
@Index('list_entries_recent', ['applicationId', 'list', 'change', 'id'])
@Index('list_entries_changes', ['change', 'id'])
@Check('list_entries_list', `list IN ('block', 'safe')`)
@Check('list_entries_kind', `kind IN ('number', 'prefix', 'email', 'email-domain', 'ip')`)
@Check('list_entries_personal', `(kind IN ('number', 'email')) = (sealed IS NOT NULL)`)
export class ListEntryEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'list_entries_pkey' }) id!: string;
  /** Null: the installation's. */
  @Column('text', { name: 'application_id', nullable: true }) applicationId!: string | null;
  @Column('text') list!: string;
  @Column('text') kind!: string;
  /** Digits of a prefix, a domain, bits of a range; of a person, a keyed name. */
  @Column('text') key!: string;
  /** The key before it was named under a newer secret: nodes that read it then still know it by that. */
  @Column('text', { name: 'former_key', nullable: true }) formerKey!: string | null;
  /** As people may see it. */
  @Column('text') shown!: string;
  @Column('text', { nullable: true }) sealed!: string | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('text', { default: '' }) note!: string;
  @Column('integer', { default: 1 }) version!: number;
  /** The version of the lists that this row was last changed in: nodes read what is newer than theirs. */
  @Column('bigint') change!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  /** A removed entry stays for a day, so that every node hears of it. */
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null;
}
