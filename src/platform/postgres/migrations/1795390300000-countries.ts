import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Countries per application. A column of its own, because the version before refuses settings with a member it does not know.
 * Applications there are, and those which that version still makes during a rolling upgrade, have every country: nobody is
 * refused by an upgrade. This version always writes the column, null where nothing is said; so the default may go once no
 * process of the version before is left.
 */
export class Countries1795390300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE applications ADD COLUMN countries jsonb DEFAULT '{"sms":"all","voice":"all"}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications DROP COLUMN countries');
  }
}
