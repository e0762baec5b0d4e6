import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Applications that can be disabled, keys that have a name and a successor, and providers that can be switched off. */
export class Administration1795390600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications ADD COLUMN disabled_at timestamptz');
    await runner.query(
      'ALTER TABLE api_keys ADD COLUMN name text, ADD COLUMN last_used_at timestamptz, ADD COLUMN rotated_to text',
    );
    await runner.query(`
      CREATE TABLE provider_switches (
        provider_id text PRIMARY KEY,
        enabled boolean NOT NULL,
        until timestamptz,
        reason text,
        version integer NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE provider_switches');
    await runner.query('ALTER TABLE api_keys DROP COLUMN rotated_to, DROP COLUMN last_used_at, DROP COLUMN name');
    await runner.query('ALTER TABLE applications DROP COLUMN disabled_at');
  }
}
