import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approval tokens that were consumed, so that none is twice. */
export class ConsumedTokens1795400500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE consumed_tokens (
      jti text PRIMARY KEY,
      application_id text NOT NULL,
      idempotency_key text,
      consumed_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL)`);
    await runner.query(`CREATE UNIQUE INDEX consumed_tokens_idempotency ON consumed_tokens (application_id, idempotency_key)
      WHERE idempotency_key IS NOT NULL`);
    await runner.query('CREATE INDEX consumed_tokens_end ON consumed_tokens (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE consumed_tokens');
  }
}
