import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A plan that names factors. The version before would not read it beside the rest of the settings. */
export class FactorPlans1795401300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications ADD COLUMN plan jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications DROP COLUMN plan');
  }
}
