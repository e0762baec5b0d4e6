import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Block list and safe list, of applications and of the installation. */
export class Lists1795390301000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE list_entries');
  }
}

const UP = [
  `CREATE TABLE list_entries (
     id text PRIMARY KEY,
     application_id text,
     list text NOT NULL,
     kind text NOT NULL,
     key text NOT NULL,
     former_key text,
     shown text NOT NULL,
     sealed text,
     expires_at timestamptz,
     note text NOT NULL DEFAULT '',
     version integer NOT NULL DEFAULT 1,
     change bigint NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     removed_at timestamptz,
     CONSTRAINT list_entries_list CHECK (list IN ('block', 'safe')),
     CONSTRAINT list_entries_kind CHECK (kind IN ('number', 'prefix', 'email', 'email-domain', 'ip')),
     CONSTRAINT list_entries_personal CHECK ((kind IN ('number', 'email')) = (sealed IS NOT NULL)))`,
  `CREATE UNIQUE INDEX list_entries_of_installation ON list_entries (list, kind, key) WHERE application_id IS NULL`,
  `CREATE UNIQUE INDEX list_entries_of_application ON list_entries (application_id, list, kind, key)
     WHERE application_id IS NOT NULL`,
  `CREATE INDEX list_entries_recent ON list_entries (application_id, list, change, id)`,
  `CREATE INDEX list_entries_changes ON list_entries (change, id)`,
];
