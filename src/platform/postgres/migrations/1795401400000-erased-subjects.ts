import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events of a subject that was erased while somebody was still owed them. */
export class ErasedSubjects1795401400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events ADD COLUMN erased_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events DROP COLUMN erased_at');
  }
}
