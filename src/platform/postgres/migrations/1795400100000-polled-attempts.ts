import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a provider that does not report by itself was last asked about a send attempt. */
export class PolledAttempts1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE send_attempts ADD COLUMN polled_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE send_attempts DROP COLUMN polled_at');
  }
}
