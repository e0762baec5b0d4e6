import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What messages cost, what each one was counted for, and who has been told how much of a cap is used. */
export class Money1795390400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE price_table (
      name text PRIMARY KEY,
      currency text,
      version integer NOT NULL DEFAULT 1)`);
    await runner.query(`INSERT INTO price_table (name) VALUES ('prices')`);
    await runner.query(`CREATE TABLE prices (
      id text PRIMARY KEY,
      channel text NOT NULL,
      country text,
      prefix text,
      provider text,
      micros bigint NOT NULL,
      CONSTRAINT prices_micros CHECK (micros >= 0))`);
    await runner.query(`CREATE TABLE spend_alerts (
      application_id text NOT NULL,
      window_name text NOT NULL,
      percent smallint NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (application_id, window_name, percent))`);
    await runner.query('ALTER TABLE deliveries ADD COLUMN price_micros bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries DROP COLUMN price_micros');
    for (const table of ['spend_alerts', 'prices', 'price_table']) await runner.query(`DROP TABLE ${table}`);
  }
}
