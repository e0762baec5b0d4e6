import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema: applications and keys, verifications, deliveries with their attempts and reports, events, audit. */
export class Ledger1795359600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION audit_log_is_append_only');
  }
}

const TABLES = [
  'audit_head',
  'audit_log',
  'events',
  'reports',
  'send_attempts',
  'deliveries',
  'verifications',
  'api_keys',
  'applications',
];

const UP = [
  `CREATE TABLE applications (
     id text PRIMARY KEY,
     name text NOT NULL CONSTRAINT applications_name UNIQUE,
     settings jsonb NOT NULL DEFAULT '{}',
     version integer NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL DEFAULT now())`,

  `CREATE TABLE api_keys (
     id text PRIMARY KEY,
     application_id text CONSTRAINT api_keys_application REFERENCES applications (id) ON DELETE CASCADE,
     hash bytea NOT NULL CONSTRAINT api_keys_hash UNIQUE,
     scopes text[] NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz,
     revoked_at timestamptz,
     CONSTRAINT api_keys_owner CHECK ((application_id IS NULL) = ('operator' = ANY (scopes))))`,

  `CREATE TABLE verifications (
     id text PRIMARY KEY,
     application_id text NOT NULL,
     status text NOT NULL DEFAULT 'pending',
     channels text[] NOT NULL,
     purpose text,
     subject text,
     locale text NOT NULL,
     sealed text,
     phone_index bytea,
     email_index bytea,
     country text,
     context_digest text NOT NULL,
     code_length smallint NOT NULL,
     max_attempts smallint NOT NULL,
     failed_checks smallint NOT NULL DEFAULT 0,
     step smallint NOT NULL DEFAULT 0,
     sends smallint NOT NULL DEFAULT 1,
     max_sends smallint NOT NULL,
     report_timeout_seconds integer NOT NULL,
     resend_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     metadata jsonb NOT NULL DEFAULT '{}',
     idempotency_key text,
     idempotency_fingerprint text,
     approved_channel text,
     token_id text,
     created_at timestamptz NOT NULL DEFAULT now(),
     ended_at timestamptz,
     CONSTRAINT verifications_status CHECK (status IN ('pending', 'approved', 'failed', 'expired', 'canceled')),
     CONSTRAINT verifications_ended CHECK ((status = 'pending') = (ended_at IS NULL)),
     CONSTRAINT verifications_budget CHECK (failed_checks <= max_attempts AND sends <= max_sends))`,
  `CREATE UNIQUE INDEX verifications_idempotency ON verifications (application_id, idempotency_key) WHERE idempotency_key IS NOT NULL`,
  `CREATE INDEX verifications_recent ON verifications (application_id, created_at, id)`,
  `CREATE INDEX verifications_phone ON verifications (phone_index) WHERE phone_index IS NOT NULL`,
  `CREATE INDEX verifications_email ON verifications (email_index) WHERE email_index IS NOT NULL`,
  `CREATE INDEX verifications_expiring ON verifications (expires_at) WHERE status = 'pending'`,
  `CREATE INDEX verifications_sealed ON verifications (created_at) WHERE sealed IS NOT NULL`,
  `CREATE INDEX verifications_keys ON verifications (created_at) WHERE idempotency_key IS NOT NULL`,
  `CREATE INDEX verifications_age ON verifications (created_at)`,

  `CREATE TABLE deliveries (
     id text PRIMARY KEY,
     message_id text NOT NULL,
     application_id text NOT NULL,
     step smallint NOT NULL,
     channel text NOT NULL,
     origin text NOT NULL,
     reason text NOT NULL,
     country text,
     status text NOT NULL DEFAULT 'queued',
     cause text,
     note text,
     attempts smallint NOT NULL DEFAULT 0,
     attempt_id text,
     report_timeout_seconds integer NOT NULL,
     expires_at timestamptz NOT NULL,
     due_at timestamptz,
     lease_until timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     sent_at timestamptz,
     ended_at timestamptz,
     delivered_late_at timestamptz,
     CONSTRAINT deliveries_step UNIQUE (message_id, step),
     CONSTRAINT deliveries_status CHECK (status IN ('queued', 'submitting', 'sent', 'delivered', 'failed', 'unconfirmed', 'canceled')),
     CONSTRAINT deliveries_origin CHECK (origin IN ('start', 'resend', 'fallback')))`,
  `CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL`,

  `CREATE TABLE send_attempts (
     id text PRIMARY KEY,
     delivery_id text NOT NULL,
     number smallint NOT NULL,
     provider_id text NOT NULL,
     status text NOT NULL DEFAULT 'submitting',
     detail text,
     provider_message_id text,
     created_at timestamptz NOT NULL DEFAULT now(),
     ended_at timestamptz,
     CONSTRAINT send_attempts_number UNIQUE (delivery_id, number),
     CONSTRAINT send_attempts_status CHECK (status IN ('submitting', 'accepted', 'ambiguous', 'rejected', 'throttled', 'quota', 'unreachable', 'misconfigured', 'withdrawn')))`,
  `CREATE INDEX send_attempts_message ON send_attempts (provider_id, provider_message_id) WHERE provider_message_id IS NOT NULL`,

  `CREATE TABLE reports (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     provider_id text NOT NULL,
     attempt_id text,
     provider_message_id text,
     status text NOT NULL,
     cause text,
     detail text NOT NULL,
     effect text,
     received_at timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT reports_status CHECK (status IN ('delivered', 'failed', 'underway', 'unknown')))`,
  `CREATE UNIQUE INDEX reports_once ON reports (provider_id, attempt_id, status, detail) WHERE attempt_id IS NOT NULL`,
  `CREATE UNIQUE INDEX reports_once_by_message ON reports (provider_id, provider_message_id, status, detail) WHERE attempt_id IS NULL`,
  `CREATE INDEX reports_age ON reports (received_at)`,
  `CREATE INDEX reports_attempt ON reports (attempt_id) WHERE attempt_id IS NOT NULL`,

  `CREATE TABLE events (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     application_id text NOT NULL,
     verification_id text NOT NULL,
     type text NOT NULL,
     payload jsonb NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE INDEX events_verification ON events (verification_id)`,

  `CREATE TABLE audit_log (
     seq bigint PRIMARY KEY,
     at timestamptz NOT NULL,
     actor text NOT NULL,
     action text NOT NULL,
     target text NOT NULL,
     details jsonb NOT NULL,
     previous_hash bytea NOT NULL,
     hash bytea NOT NULL)`,
  `CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$`,
  `CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
     FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only()`,

  `CREATE TABLE audit_head (
     id boolean PRIMARY KEY DEFAULT true,
     seq bigint NOT NULL,
     previous_hash bytea NOT NULL,
     hash bytea NOT NULL,
     CONSTRAINT audit_head_one CHECK (id))`,
  `INSERT INTO audit_head (seq, previous_hash, hash) VALUES (0, '', decode(repeat('00', 32), 'hex'))`,
];
