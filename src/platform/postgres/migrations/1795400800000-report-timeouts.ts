import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long each channel may be silent, where that is not the same for all: what a version before this one does not know is null. */
export class ReportTimeouts1795400800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications ADD COLUMN report_timeouts jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications DROP COLUMN report_timeouts');
  }
}
