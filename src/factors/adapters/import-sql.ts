import { tellFactor } from '../../events/factor-event-sql.js';

export const ENROLLED = `
  SELECT id, subject, secret, algorithm, digits, period FROM factors
  WHERE application_id = $1 AND subject = ANY ($2) AND channel = 'totp' AND status = 'active'`;

/**
 * It may be one that was removed a moment ago, and whose code somebody has seen: steps that can have been used are passed over. Those
 * are long gone but for a minute or two after some removal, when people wait for the next code that their app shows.
 */
const PASSED = `
  (SELECT ceil(extract(epoch FROM used_until) / period)::bigint - 1 FROM removed_authenticators WHERE application_id = $1)`;

/** `$2`: what {@link ImportedFactor} is, flat, as a JSON array. */
export const ADD = `
  WITH added AS (
    INSERT INTO factors
      (id, application_id, subject, channel, status, label, algorithm, digits, period, secret, proven, last_event, last_step, activated_at)
    SELECT id, $1, subject, 'totp', 'active', label, algorithm, digits, period, secret, true, 1, ${PASSED}, now()
    FROM jsonb_to_recordset($2::jsonb) AS given
      (id text, subject text, label text, algorithm text, digits smallint, period smallint, secret text)
    RETURNING *
  ), ${tellFactor('factor.imported', 'added', `jsonb_build_object('by', 'administrator')`)}
  SELECT count(*) FROM told`;
