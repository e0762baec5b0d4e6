import { tellFactorEvents } from '../../events/factor-event-sql.js';
import { NOW } from './factor-row.js';

/** From so few unused codes on, the person is told (R72). */
const FEW = '3';

/** Also where the subject has none, so that the time is known. */
export const ACTIVE_AUTHENTICATORS = `
  SELECT ${NOW}, f.* FROM (VALUES (1)) AS one
  LEFT JOIN LATERAL (
    SELECT id, secret, algorithm, digits, period FROM factors
    WHERE application_id = $1 AND subject = $2 AND channel = 'totp' AND status = 'active'
    ORDER BY created_at, id) f ON true`;

export const LIST_OF = `
  SELECT id, secret AS key FROM factors
  WHERE application_id = $1 AND subject = $2 AND channel = 'backup-code' AND status = 'active'`;

/** The step must grow (RFC 6238 section 5.2). Whoever waits for the row looks again at what the winner wrote. */
export const TAKE_STEP = `
  UPDATE factors SET last_step = $2::bigint, taken_for = $3, last_used_at = now()
  WHERE id = $1 AND status = 'active' AND channel = 'totp'
    AND (coalesce(last_step, -1) < $2::bigint OR (last_step = $2::bigint AND taken_for = $3))
  RETURNING id`;

/**
 * The list is locked before the code, as by whoever replaces it: the other way round, each would wait for the other. `known`
 * is by the moment at which the statement began.
 */
export const TAKE_BACKUP_CODE = `
  WITH list AS (
    SELECT id FROM factors WHERE id = $1 AND status = 'active' FOR UPDATE
  ), taken AS (
    UPDATE backup_codes c SET used_at = now(), taken_for = $3 FROM list
    WHERE c.factor_id = list.id AND c.digest = $2 AND c.used_at IS NULL
    RETURNING c.factor_id
  ), counted AS (
    UPDATE factors f SET codes_left = f.codes_left - 1, last_used_at = now(),
      last_event = f.last_event + CASE WHEN f.codes_left - 1 <= ${FEW} THEN 2 ELSE 1 END
    FROM taken WHERE f.id = taken.factor_id RETURNING f.*
  ), happened AS (
    SELECT id, application_id, subject, channel, label, codes_left, type, last_event - before AS last_event
    FROM counted, LATERAL (VALUES
      ('factor.code-used', CASE WHEN codes_left <= ${FEW} THEN 1 ELSE 0 END), ('factor.codes-low', 0)) AS event (type, before)
    WHERE type = 'factor.code-used' OR codes_left <= ${FEW}
  ), ${tellFactorEvents('happened', `jsonb_build_object('codesLeft', codes_left)`)}
  SELECT EXISTS (SELECT FROM counted) AS taken,
    EXISTS (SELECT FROM backup_codes WHERE factor_id = $1 AND digest = $2) AS known`;

/** A statement of its own: the one that lost does not see whom it lost to. */
export const TAKEN_FOR = `
  SELECT taken_for AS "takenFor" FROM backup_codes WHERE factor_id = $1 AND digest = $2 AND used_at IS NOT NULL`;
