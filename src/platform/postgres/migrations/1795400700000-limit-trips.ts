import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When applications were told that a limit refuses. */
export class LimitTrips1795400700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE limit_trips (
      application_id text,
      rule_name text,
      since timestamptz NOT NULL DEFAULT now(),
      told_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (application_id, rule_name))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE limit_trips');
  }
}
