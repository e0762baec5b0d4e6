import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told of events, and what they are still owed. */
export class Webhooks1795400400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications ADD COLUMN last_event integer NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE events ADD COLUMN sequence integer');
    await runner.query(`CREATE TABLE webhook_endpoints (
      id text PRIMARY KEY,
      application_id text NOT NULL,
      url text NOT NULL,
      description text NOT NULL DEFAULT '',
      events text[],
      signature text NOT NULL DEFAULT 'v1',
      secret text NOT NULL,
      public_key text,
      old_secret text,
      old_secret_until timestamptz,
      enabled boolean NOT NULL DEFAULT true,
      disabled_because text,
      failing_since timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT webhook_endpoints_signature CHECK (signature IN ('v1', 'v1a')))`);
    await runner.query('CREATE INDEX webhook_endpoints_application ON webhook_endpoints (application_id)');
    await runner.query(`CREATE TABLE webhook_messages (
      endpoint_id text NOT NULL,
      event_id bigint NOT NULL,
      application_id text NOT NULL,
      verification_id text,
      sequence integer,
      status text NOT NULL DEFAULT 'pending',
      tries smallint NOT NULL DEFAULT 0,
      due_at timestamptz NOT NULL DEFAULT now(),
      lease_until timestamptz,
      hurried boolean NOT NULL DEFAULT false,
      tried_at timestamptz,
      last_status smallint,
      last_error text,
      created_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      PRIMARY KEY (endpoint_id, event_id),
      CONSTRAINT webhook_messages_status CHECK (status IN ('pending', 'delivered', 'failed')))`);
    await runner.query(`CREATE INDEX webhook_messages_due ON webhook_messages (endpoint_id, due_at, event_id)
      WHERE status = 'pending'`);
    await runner.query(`CREATE INDEX webhook_messages_order ON webhook_messages (endpoint_id, verification_id, sequence)
      WHERE status = 'pending'`);
    await runner.query(`CREATE INDEX webhook_messages_failed ON webhook_messages (endpoint_id, event_id)
      WHERE status = 'failed'`);
    await runner.query('CREATE INDEX webhook_messages_event ON webhook_messages (event_id)');
    await runner.query('CREATE INDEX webhook_messages_age ON webhook_messages (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_messages', 'webhook_endpoints']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE events DROP COLUMN sequence');
    await runner.query('ALTER TABLE verifications DROP COLUMN last_event');
  }
}
