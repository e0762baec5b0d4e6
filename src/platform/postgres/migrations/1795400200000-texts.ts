import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an application's messages say and who they come from, in a column that the version before does not read: it refuses
 * settings with a member it does not know. And how large the text message of an attempt was.
 */
export class Texts1795400200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications ADD COLUMN texts jsonb');
    await runner.query('ALTER TABLE send_attempts ADD COLUMN encoding text, ADD COLUMN segments smallint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE send_attempts DROP COLUMN encoding, DROP COLUMN segments');
    await runner.query('ALTER TABLE applications DROP COLUMN texts');
  }
}
