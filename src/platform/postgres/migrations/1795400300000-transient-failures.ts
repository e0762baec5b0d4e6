import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which failures another provider may make good. A constant default, so that no row is written anew. */
export class TransientFailures1795400300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['reports', 'deliveries'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN transient boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['deliveries', 'reports']) await runner.query(`ALTER TABLE ${table} DROP COLUMN transient`);
  }
}
