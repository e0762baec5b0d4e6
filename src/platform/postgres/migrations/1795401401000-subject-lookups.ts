import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For the erasure of a subject: what is told of its factors, and verifications that no recipient leads to. */
export class SubjectLookups1795401401000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS events_subject');
    await runner.query(
      `CREATE INDEX CONCURRENTLY events_subject ON events (application_id, (payload ->> 'subject')) WHERE type LIKE 'factor.%'`,
    );
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS events_erased');
    await runner.query('CREATE INDEX CONCURRENTLY events_erased ON events (erased_at) WHERE erased_at IS NOT NULL');
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS verifications_subject');
    await runner.query(
      `CREATE INDEX CONCURRENTLY verifications_subject ON verifications (application_id, subject)
       WHERE subject IS NOT NULL AND phone_index IS NULL AND email_index IS NULL`,
    );
  }

  /** Taking a migration back is one transaction, whatever it was. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX verifications_subject');
    await runner.query('DROP INDEX events_erased');
    await runner.query('DROP INDEX events_subject');
  }
}
