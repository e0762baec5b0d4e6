import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rule of the same name that an operator made stays as it is. */
const SEEDS = `
  INSERT INTO limit_rules (id, name, "on", by, scope, max, window_seconds, note)
  SELECT 'rule_' || replace(gen_random_uuid()::text, '-', ''), seed.*
  FROM (VALUES
    ('factor-failures-15-minutes', 'failed-check', '{factor}'::text[], 'application', 5, 900,
      'Guesses at the authenticators of a person, or at the backup codes. Other factors, and codes that are sent, stay usable.'),
    ('factor-failures-day', 'failed-check', '{factor}', 'application', 20, 86400, '')
  ) AS seed
  ON CONFLICT (name) WHERE application_id IS NULL DO NOTHING`;

/**
 * What limits and settings know of factors. The version before can not count by a factor: while both run it keeps the rules that it
 * had, and it has no checks of factors to count. Nor would it read the setting, which has a column of its own for that.
 */
export class FactorLimits1795401100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE applications ADD COLUMN factors jsonb');
    await runner.query('ALTER TABLE decisions ADD COLUMN factor text');
    await runner.query(SEEDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM limit_rules WHERE 'factor' = ANY (by)`);
    await runner.query('ALTER TABLE decisions DROP COLUMN factor');
    await runner.query('ALTER TABLE applications DROP COLUMN factors');
  }
}
