import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Authenticators and backup codes, and which of them approved a verification. */
export class Factors1795401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE factors (
      id text PRIMARY KEY,
      application_id text NOT NULL,
      subject text NOT NULL,
      channel text NOT NULL,
      status text NOT NULL DEFAULT 'pending',
      label text,
      algorithm text,
      digits smallint,
      period smallint,
      secret text NOT NULL,
      proven boolean NOT NULL DEFAULT false,
      activation_tries smallint NOT NULL DEFAULT 0,
      last_step bigint,
      taken_for text,
      codes_left smallint,
      last_event integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      activated_at timestamptz,
      last_used_at timestamptz,
      CONSTRAINT factors_channel CHECK (channel IN ('totp', 'backup-code')),
      CONSTRAINT factors_status CHECK (status IN ('pending', 'active')),
      CONSTRAINT factors_activated CHECK ((status = 'active') = (activated_at IS NOT NULL)),
      CONSTRAINT factors_totp CHECK ((channel = 'totp') = (period IS NOT NULL)),
      CONSTRAINT factors_codes CHECK ((channel = 'backup-code') = (codes_left IS NOT NULL)))`);
    await runner.query('CREATE INDEX factors_subject ON factors (application_id, subject, created_at)');
    await runner.query(`CREATE UNIQUE INDEX factors_one_list ON factors (application_id, subject)
      WHERE channel = 'backup-code'`);
    await runner.query(`CREATE UNIQUE INDEX factors_one_unproven ON factors (application_id, subject)
      WHERE status = 'pending' AND NOT proven`);
    await runner.query(`CREATE INDEX factors_pending ON factors (created_at) WHERE status = 'pending'`);
    await runner.query(`CREATE TABLE backup_codes (
      factor_id text NOT NULL,
      digest bytea NOT NULL,
      used_at timestamptz,
      taken_for text,
      PRIMARY KEY (factor_id, digest),
      CONSTRAINT backup_codes_factor FOREIGN KEY (factor_id) REFERENCES factors (id) ON DELETE CASCADE)`);
    await runner.query('ALTER TABLE verifications ADD COLUMN factor_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verifications DROP COLUMN factor_id');
    await runner.query('DROP TABLE backup_codes');
    await runner.query('DROP TABLE factors');
  }
}
