import { byWhom, tellFactor } from '../../events/factor-event-sql.js';
import { ACTIVATION_TRIES, ENROLMENT_SECONDS } from '../domain/enrolment.js';
import { MOST_AUTHENTICATORS } from '../domain/factor.js';
import { COLUMNS, NOW } from './factor-row.js';

/** SQL: when an enrolment began whose time is over now. */
const OVER_SINCE = `now() - ${String(ENROLMENT_SECONDS)} * interval '1 second'`;

/** SQL: an enrolment whose time is not over. */
const IN_TIME = `status = 'pending' AND created_at > ${OVER_SINCE}`;

/** SQL: what was activated while its time was not over, and no code was taken in since: its activation may be asked for again. */
const JUST_ACTIVATED = `status = 'active' AND taken_for = id AND created_at > ${OVER_SINCE}`;

/** Of those without a proof a subject has one: a row that is taken over is another factor from then on, id and all. */
export const BEGIN = `
  WITH begun AS (
    INSERT INTO factors (id, application_id, subject, channel, label, algorithm, digits, period, secret, proven, last_event)
    VALUES ($1, $2, $3, 'totp', $4, $5, $6, $7, $8, $9, 1)
    ON CONFLICT (application_id, subject) WHERE status = 'pending' AND NOT proven DO UPDATE SET
      id = excluded.id, label = excluded.label, algorithm = excluded.algorithm,
      digits = excluded.digits, period = excluded.period, secret = excluded.secret, last_event = 1,
      activation_tries = 0, created_at = now()
    RETURNING *
  ), ${tellFactor('factor.created', 'begun', byWhom('$10'))}
  SELECT ${COLUMNS} FROM begun`;

/** The row is read as it was before; how many tries there were is what the UPDATE says, which waited for others. */
export const COUNT_TRY = `
  WITH tried AS (
    UPDATE factors SET activation_tries = activation_tries + 1
    WHERE application_id = $1 AND id = $2 AND channel = 'totp' AND (${IN_TIME} OR ${JUST_ACTIVATED})
      AND activation_tries < ${String(ACTIVATION_TRIES)}
    RETURNING activation_tries)
  SELECT ${COLUMNS}, secret, ${NOW},
    (SELECT activation_tries FROM tried) AS attempt,
    CASE WHEN status = 'active' AND taken_for = id THEN last_step::float8 END AS "activatedBy"
  FROM factors WHERE application_id = $1 AND id = $2 AND channel = 'totp'`;

/** `taken_for` is the factor itself: its first code was taken in for the enrolment, and is nobody's approval (R71). */
export const ACTIVATE = `
  WITH activated AS (
    UPDATE factors f SET status = 'active', activated_at = now(), last_step = greatest(last_step, $3), taken_for = id, last_event = last_event + 1
    WHERE application_id = $1 AND id = $2 AND ${IN_TIME} AND (
      SELECT (f.proven OR count(*) = 0) AND count(*) FILTER (WHERE channel = 'totp') < ${String(MOST_AUTHENTICATORS)}
      FROM factors o WHERE o.application_id = $1 AND o.subject = f.subject AND o.status = 'active')
    RETURNING *
  ), ${tellFactor('factor.activated', 'activated', byWhom('$4'))}
  SELECT ${COLUMNS} FROM activated`;

/** Why it was not activated; under the same lock, so that nothing is different by now. */
export const WHY_NOT = `
  SELECT ${COLUMNS}, status = 'active' AND taken_for = id AND last_step = $3 AS again, ${IN_TIME} AND NOT proven AND EXISTS (
      SELECT FROM factors o WHERE o.application_id = $1 AND o.subject = factors.subject AND o.status = 'active') AS unproven,
    ${IN_TIME} AS "inTime"
  FROM factors WHERE application_id = $1 AND id = $2`;

export const FORGET = `
  WITH over AS (
    SELECT id FROM factors
    WHERE status = 'pending' AND created_at < ${OVER_SINCE} - interval '1 hour'
    ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  DELETE FROM factors WHERE id IN (SELECT id FROM over) RETURNING id`;
