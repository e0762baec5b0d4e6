import type { ListOf } from '../application/ports.js';
import { LISTS_TOPIC } from './live-lists.js';

const COLUMNS = `id, kind, shown AS value, expires_at AS "expiresAt", note, version, created_at AS "createdAt"`;

/** The version this change of the lists makes: its transaction has the topic's row locked. */
const THIS_CHANGE = `(SELECT version FROM live_versions WHERE topic = '${LISTS_TOPIC}')`;

const THEIRS = 'application_id IS NOT DISTINCT FROM $1 AND list = $2';

/** $1 owner, $2 list, $3 expires at, $4 note, then the columns of the entries. What is there already gets the new terms. */
export const add = ({ owner }: ListOf) => `
  INSERT INTO list_entries (id, application_id, list, kind, key, shown, sealed, expires_at, note, change)
  SELECT id, $1, $2, kind, key, shown, sealed, $3::timestamptz, $4, ${THIS_CHANGE}
  FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS entry (id, kind, key, shown, sealed)
  ON CONFLICT ${
    owner === null
      ? '(list, kind, key) WHERE application_id IS NULL'
      : '(application_id, list, kind, key) WHERE application_id IS NOT NULL'
  } DO UPDATE SET
    expires_at = excluded.expires_at, note = excluded.note, change = excluded.change, removed_at = NULL,
    version = list_entries.version + 1,
    created_at = CASE WHEN list_entries.removed_at IS NULL THEN list_entries.created_at ELSE now() END
  RETURNING ${COLUMNS}`;

/** By the ledger's clock, which ends it. */
export const HAS_PASSED = 'SELECT $1::timestamptz <= now() AS passed';

export const COUNT = `SELECT count(*)::integer AS count FROM list_entries WHERE ${THEIRS} AND removed_at IS NULL`;

export const FIND = `SELECT ${COLUMNS} FROM list_entries WHERE ${THEIRS} AND id = $3 AND removed_at IS NULL`;
export const FIND_TO_REMOVE = `${FIND} FOR UPDATE`;

export const REMOVE = `
  UPDATE list_entries SET removed_at = now(), version = version + 1, change = ${THIS_CHANGE} WHERE id = $1`;

/** $3 and $4 are the change and id of the last one of the page before. */
export const PAGE = `
  SELECT ${COLUMNS}, change FROM list_entries
  WHERE ${THEIRS} AND removed_at IS NULL AND ($3::bigint IS NULL OR (change, id) < ($3::bigint, $4::text))
  ORDER BY change DESC, id DESC LIMIT $5`;

export const FIND_BY_KEYS = `
  SELECT ${COLUMNS} FROM list_entries
  WHERE ${THEIRS} AND removed_at IS NULL AND (kind, key) IN (SELECT * FROM unnest($3::text[], $4::text[]))
  ORDER BY length(key) DESC, id`;

/** Where an entry stands on its list: the change that put it there, and its id. */
export const PLACE = /^(\d{1,18})\|([\w-]{1,64})$/;
