import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What limits were asked and what they said, for whoever asks why, and for trying rules on what has happened. */
export class Decisions1795390200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE decisions (
      at timestamptz NOT NULL,
      id bigint GENERATED ALWAYS AS IDENTITY,
      application_id text NOT NULL,
      limit_on text NOT NULL,
      outcome text NOT NULL,
      times integer NOT NULL DEFAULT 1,
      act text,
      verification_id text,
      channel text,
      country text,
      recipient text,
      recipient_prefix text,
      subject text,
      ip text,
      device text,
      api_key text,
      custom jsonb,
      fallback boolean NOT NULL DEFAULT false,
      locked_as text,
      refused_by text[],
      shadowed_by text[],
      PRIMARY KEY (at, id),
      CONSTRAINT decisions_outcome CHECK (outcome IN
        ('admitted', 'refused', 'screened', 'suspected', 'returned', 'succeeded', 'unlocked', 'not-recorded'))
    )`);
    await runner.query('CREATE INDEX decisions_application ON decisions (application_id, at, id)');
    await runner.query(
      'CREATE INDEX decisions_verification ON decisions (verification_id) WHERE verification_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX decisions_recipient ON decisions (recipient, at) WHERE recipient IS NOT NULL');
    await runner.query('CREATE INDEX decisions_ip ON decisions (ip, at) WHERE ip IS NOT NULL');
    await runner.query(`CREATE INDEX decisions_refused ON decisions (application_id, at, id)
      WHERE refused_by IS NOT NULL OR shadowed_by IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decisions');
  }
}
