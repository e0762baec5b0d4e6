import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries of an application over time, for its figures. Built while the service reads and writes. */
export class DeliveriesRecent1795390201000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS deliveries_recent');
    await runner.query('CREATE INDEX CONCURRENTLY deliveries_recent ON deliveries (application_id, created_at)');
  }

  /** Taking a migration back is one transaction, whatever it was. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deliveries_recent');
  }
}
