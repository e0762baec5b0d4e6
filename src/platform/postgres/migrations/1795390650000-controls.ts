import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an application may spend and how its detectors are set, in a column of its own as its countries are: the version before
 * refuses settings with a member it does not know. And which sections an operator saved, that the application may not undo.
 */
export class Controls1795390650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications ADD COLUMN controls jsonb, ADD COLUMN operator_sections jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications DROP COLUMN controls, DROP COLUMN operator_sections');
  }
}
