import type { MigrationInterface, QueryRunner } from 'typeorm';

const limited = (acts: string) => `
  ALTER TABLE limit_rules DROP CONSTRAINT limit_rules_on, ADD CONSTRAINT limit_rules_on CHECK ("on" IN (${acts}))`;

/** A rule of the same name that an operator made stays as it is. */
const SEEDS = `
  INSERT INTO limit_rules (id, name, "on", by, scope, max, window_seconds, note)
  SELECT 'rule_' || replace(gen_random_uuid()::text, '-', ''), seed.*
  FROM (VALUES
    ('ip-starts-10-minutes', 'unsent-start', '{ip}'::text[], 'application', 100, 600,
      'Verifications that send nothing at first, since the person has a factor; each is a row.'),
    ('subject-starts-10-minutes', 'unsent-start', '{subject}', 'application', 30, 600, '')
  ) AS seed
  ON CONFLICT (name) WHERE application_id IS NULL DO NOTHING`;

/**
 * Rules for starts that send nothing. The version before has no such starts, and does not know what these rules count: while both
 * run it keeps the rules that it had.
 */
export class UnsentStarts1795401403000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(limited(`'send', 'unsent-start', 'check', 'failed-check'`));
    await runner.query(SEEDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM limit_rules WHERE "on" = 'unsent-start'`);
    await runner.query(limited(`'send', 'check', 'failed-check'`));
  }
}
