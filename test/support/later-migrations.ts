import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What later versions might do to the schema, while the version of today serves: a column is added, filled, indexed, dropped. */

/** Expand: nothing of today's version knows the column, and nothing minds it. */
export class AddNote4102444800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications ADD COLUMN note text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications DROP COLUMN note');
  }
}

/** In batches, so that no row is locked for long; and for longer than any statement of the service may take. */
export class FillNote4102444800002 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    const batch = `
      WITH filled AS (
        UPDATE verifications SET note = '' WHERE id IN (SELECT id FROM verifications WHERE note IS NULL LIMIT 100) RETURNING 1)
      SELECT count(*)::int AS rows FROM filled`;
    for (let rows = 1; rows > 0;) [{ rows }] = (await runner.query(batch)) as [{ rows: number }];
    await runner.query('SELECT pg_sleep(6.1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE verifications SET note = NULL');
  }
}

/** What an interrupted one leaves behind is invalid, and CREATE … IF NOT EXISTS would keep it: so it is dropped first. */
export class IndexNote4102444800003 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS verifications_note');
    await runner.query('CREATE INDEX CONCURRENTLY verifications_note ON verifications (note)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY verifications_note');
  }
}

/** Contract: when no process of a version that used the column is left. */
export class DropNote4102444800004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications DROP COLUMN note');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications ADD COLUMN note text');
  }
}
