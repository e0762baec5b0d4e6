import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators set for the whole installation; first of all the ceilings at the edge, of which none is set yet. */
export class InstallationSettings1795390700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE installation_settings (
      name text PRIMARY KEY,
      value jsonb NOT NULL DEFAULT '{}',
      version integer NOT NULL DEFAULT 1)`);
    await runner.query(`INSERT INTO installation_settings (name) VALUES ('edge')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE installation_settings');
  }
}
