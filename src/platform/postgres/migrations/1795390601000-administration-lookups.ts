import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For whoever looks at how providers do, and at what was done to one application. */
export class AdministrationLookups1795390601000 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS send_attempts_recent');
    await runner.query('CREATE INDEX CONCURRENTLY send_attempts_recent ON send_attempts (created_at)');
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS audit_log_owner');
    await runner.query(
      `CREATE INDEX CONCURRENTLY audit_log_owner ON audit_log ((coalesce(details ->> 'applicationId', target)), seq)`,
    );
  }

  /** Taking a migration back is one transaction, whatever it was. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_log_owner');
    await runner.query('DROP INDEX send_attempts_recent');
  }
}
