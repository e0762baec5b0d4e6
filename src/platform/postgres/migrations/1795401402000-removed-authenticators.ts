import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when codes of authenticators that are gone were taken in, so that none is good again for one that is imported. */
export class RemovedAuthenticators1795401402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE removed_authenticators (application_id text PRIMARY KEY, used_until timestamptz NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE removed_authenticators');
  }
}
