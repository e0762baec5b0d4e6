import { byWhom, tellFactor } from '../../events/factor-event-sql.js';
import { COLUMNS } from './factor-row.js';

export const RENAME = `
  WITH renamed AS (
    UPDATE factors SET label = $3, last_event = last_event + 1 WHERE application_id = $1 AND id = $2 RETURNING *
  ), ${tellFactor('factor.renamed', 'renamed', byWhom('$4'))}
  SELECT ${COLUMNS} FROM renamed`;

/** What a removed factor is told of with: its row is gone, so that its last place is counted here. */
const GONE = 'id, application_id, subject, channel, label, last_event + 1 AS last_event, last_step, period';

/** Keeps, of those that are gone, the end of the latest step whose code was taken in: see who imports. */
const REMEMBERED = `remembered AS (
    INSERT INTO removed_authenticators AS former (application_id, used_until)
    SELECT application_id, to_timestamp(max((last_step + 1) * period)) FROM gone
    WHERE last_step IS NOT NULL GROUP BY application_id
    ON CONFLICT (application_id) DO UPDATE SET used_until = greatest(former.used_until, excluded.used_until))`;

/**
 * Backup codes stand in for authenticators: without any they would be a factor that nobody thinks of. Enrolments under way go
 * with an active factor, since it may be what they were proven with, in whoever's hands it was.
 */
export const REMOVE = `
  WITH meant AS (
    SELECT id, channel, status FROM factors WHERE application_id = $1 AND id = $2 AND subject = $3 AND status = $4 FOR UPDATE),
  gone AS (
    DELETE FROM factors WHERE id IN (SELECT id FROM meant)
      OR application_id = $1 AND subject = $3 AND status = 'pending'
        AND EXISTS (SELECT FROM meant WHERE status = 'active')
      OR application_id = $1 AND subject = $3 AND channel = 'backup-code'
        AND EXISTS (SELECT FROM meant WHERE channel = 'totp' AND status = 'active')
        AND NOT EXISTS (
          SELECT FROM factors o WHERE o.application_id = $1 AND o.subject = $3
            AND o.channel = 'totp' AND o.status = 'active' AND o.id <> $2)
    RETURNING ${GONE}
  ), ${REMEMBERED}, ${tellFactor('factor.removed', 'gone', byWhom('$5'))}
  SELECT id, subject, channel FROM gone`;

export const ERASE = `
  WITH gone AS (
    DELETE FROM factors WHERE application_id = $1 AND subject = $2 RETURNING ${GONE}
  ), ${REMEMBERED}, ${tellFactor('factor.removed', 'gone', byWhom('$3'))}
  SELECT id FROM gone`;
