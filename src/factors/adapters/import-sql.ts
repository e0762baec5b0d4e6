import { tellFactor } from '../../events/factor-event-sql.js';

export const ENROLLED = `
  SELECT id, subject, secret, algorithm, digits, period FROM factors
  WHERE application_id = $1 AND subject = ANY ($2) AND channel = 'totp' AND status = 'active'`;

/** `$2`: what {@link ImportedFactor} is, flat, as a JSON array. */
export const ADD = `
  WITH added AS (
    INSERT INTO factors
      (id, application_id, subject, channel, status, label, issuer, algorithm, digits, period, secret, proven, last_event, activated_at)
    SELECT id, $1, subject, 'totp', 'active', label, issuer, algorithm, digits, period, secret, true, 1, now()
    FROM jsonb_to_recordset($2::jsonb) AS given
      (id text, subject text, label text, issuer text, algorithm text, digits smallint, period smallint, secret text)
    RETURNING *
  ), ${tellFactor('factor.imported', 'added', `jsonb_build_object('by', 'administrator')`)}
  SELECT count(*) FROM told`;
