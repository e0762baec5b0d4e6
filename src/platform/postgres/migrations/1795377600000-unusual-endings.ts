import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Searching for endings that are rare: without an index of their own, a page of them reads every verification there is. */
export class UnusualEndings1795377600000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS verifications_unusual');
    await runner.query(
      `CREATE INDEX CONCURRENTLY verifications_unusual ON verifications (application_id, status, created_at, id)
       WHERE status IN ('failed', 'expired', 'canceled')`,
    );
  }

  /** Taking a migration back is one transaction, whatever it was. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX verifications_unusual');
  }
}
