/** An endpoint as it may be shown: without its secrets. */
const COLUMNS = `id, url, description, events, signature, public_key AS "publicKey", enabled,
  disabled_because AS "disabledBecause", failing_since AS "failingSince",
  CASE WHEN old_secret_until > now() THEN old_secret_until END AS "oldSecretUntil", version, created_at AS "createdAt"`;

export const LIST = `SELECT ${COLUMNS} FROM webhook_endpoints WHERE application_id = $1 ORDER BY created_at, id`;

export const FIND = `SELECT ${COLUMNS} FROM webhook_endpoints WHERE application_id = $1 AND id = $2`;

export const FIND_TO_CHANGE = `${FIND} FOR UPDATE`;

/** Puts those who add endpoints to one application in line, so that each counts what the one before added. */
export const LOCK_APPLICATION = 'SELECT id FROM applications WHERE id = $1 FOR NO KEY UPDATE';

export const COUNT = 'SELECT count(*)::integer AS count FROM webhook_endpoints WHERE application_id = $1';

export const ADD = `
  INSERT INTO webhook_endpoints (id, application_id, url, description, events, signature, secret, public_key)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`;

export const REPLACE = `
  UPDATE webhook_endpoints SET url = $3, description = $4, events = $5, enabled = $6, version = version + 1,
    disabled_because = CASE WHEN NOT $6 THEN coalesce(disabled_because, 'by its administrator') END
  WHERE application_id = $1 AND id = $2 RETURNING ${COLUMNS}`;

export const REMOVE = 'DELETE FROM webhook_endpoints WHERE application_id = $1 AND id = $2';

const forgetOwed = (lock: string) => `
  WITH owed AS (
    SELECT endpoint_id, event_id FROM webhook_messages
    WHERE application_id = $1 AND endpoint_id = $2 AND status = 'pending' ORDER BY event_id ${lock})
  DELETE FROM webhook_messages m USING owed WHERE m.endpoint_id = owed.endpoint_id AND m.event_id = owed.event_id`;

/** What it is still owed goes with it, oldest first, as messages are settled; the history goes when its time is over. */
export const FORGET_OWED = forgetOwed('FOR UPDATE');

/** What came in between; of whoever holds some of it already nobody waits for, and nobody is told of it again. */
export const FORGET_OWED_MEANWHILE = forgetOwed('FOR UPDATE SKIP LOCKED');

export const CHANGE_SECRET = `
  UPDATE webhook_endpoints SET secret = $3, public_key = $4,
    old_secret = CASE WHEN $5::integer > 0 THEN secret END,
    old_secret_until = CASE WHEN $5::integer > 0 THEN now() + $5::integer * interval '1 hour' END
  WHERE application_id = $1 AND id = $2 RETURNING ${COLUMNS}`;
