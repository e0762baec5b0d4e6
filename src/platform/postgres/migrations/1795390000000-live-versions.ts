import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators change while the service runs, and events that are about an application and not about one verification. */
export class LiveVersions1795390000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE live_versions (topic text PRIMARY KEY, version bigint NOT NULL)');
    await runner.query('ALTER TABLE events ALTER COLUMN verification_id DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM events WHERE verification_id IS NULL');
    await runner.query('ALTER TABLE events ALTER COLUMN verification_id SET NOT NULL');
    await runner.query('DROP TABLE live_versions');
  }
}
