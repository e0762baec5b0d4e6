import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
  CREATE TABLE limit_rules (
    id text PRIMARY KEY,
    application_id text,
    name text NOT NULL CONSTRAINT limit_rules_name CHECK (name ~ '^[a-z][a-z0-9-]{1,63}$'),
    "on" text NOT NULL CONSTRAINT limit_rules_on CHECK ("on" IN ('send', 'check', 'failed-check')),
    by text[] NOT NULL CONSTRAINT limit_rules_by CHECK (cardinality(by) BETWEEN 1 AND 3),
    scope text NOT NULL,
    max integer NOT NULL CONSTRAINT limit_rules_max CHECK (max BETWEEN 1 AND 1000000),
    window_seconds integer NOT NULL CONSTRAINT limit_rules_window CHECK (window_seconds BETWEEN 1 AND 31622400),
    mode text NOT NULL DEFAULT 'enforce' CONSTRAINT limit_rules_mode CHECK (mode IN ('enforce', 'shadow')),
    enabled boolean NOT NULL DEFAULT true,
    note text NOT NULL DEFAULT '',
    saved_by text NOT NULL DEFAULT 'operator'
      CONSTRAINT limit_rules_saved_by CHECK (saved_by IN ('operator', 'application')),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT limit_rules_scope CHECK (scope = 'application' OR (scope = 'global' AND application_id IS NULL)))`;

const INDEXES = [
  'CREATE UNIQUE INDEX limit_rules_of_installation ON limit_rules (name) WHERE application_id IS NULL',
  'CREATE UNIQUE INDEX limit_rules_of_application ON limit_rules (application_id, name) WHERE application_id IS NOT NULL',
];

/** The rules a new installation begins with. An operator changes them over HTTP; the code's own are the rails. */
const SEEDS = `
  INSERT INTO limit_rules (id, name, "on", by, scope, max, window_seconds, mode, enabled, note)
  SELECT 'rule_' || replace(gen_random_uuid()::text, '-', ''), seed.*
  FROM (VALUES
    ('recipient-cooldown', 'send', '{recipient}'::text[], 'application', 1, 30, 'enforce', true,
      'Between two sends that somebody asked for; a fallback neither waits for it nor counts in it.'),
    ('recipient-10-minutes', 'send', '{recipient}', 'application', 3, 600, 'enforce', true, ''),
    ('recipient-hour', 'send', '{recipient}', 'application', 5, 3600, 'enforce', true, ''),
    ('recipient-day', 'send', '{recipient}', 'application', 10, 86400, 'enforce', true, ''),
    ('recipient-day-everywhere', 'send', '{recipient}', 'global', 20, 86400, 'enforce', true,
      'Across all applications: nobody is bombed by way of several.'),
    ('ip-hour', 'send', '{ip}', 'application', 10, 3600, 'enforce', true, ''),
    ('recipient-prefix-10-minutes', 'send', '{recipientPrefix}', 'application', 10, 600, 'shadow', false,
      'Against numbers rented in blocks. Enforce it when its shadow refuses no logins that are approved later.'),
    ('country-hour', 'send', '{country}', 'application', 100, 3600, 'shadow', false,
      'Against pumping. Enforce it with about twice the sends of your busiest hour, or for one application.'),
    ('ip-checks-5-minutes', 'check', '{ip}', 'application', 30, 300, 'enforce', true, ''),
    ('recipient-failures-hour', 'failed-check', '{recipient}', 'application', 10, 3600, 'enforce', true, ''),
    ('recipient-failures-day', 'failed-check', '{recipient}', 'application', 25, 86400, 'enforce', true, ''),
    ('subject-failures-hour', 'failed-check', '{subject}', 'application', 10, 3600, 'enforce', true, ''),
    ('subject-failures-day', 'failed-check', '{subject}', 'application', 25, 86400, 'enforce', true, '')
  ) AS seed`;

/** Limit rules that change while the service runs; the version before counts by its own constants, which are the same. */
export class LimitRules1795390100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    for (const index of INDEXES) await runner.query(index);
    await runner.query(SEEDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE limit_rules');
    await runner.query(`DELETE FROM live_versions WHERE topic = 'limit-rules'`);
  }
}
