import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { Random } from '../shared/random.js';
import { notFound } from '../shared/refusals.js';
import { hashOf, makeSecret } from './api-key.js';
import { KEY_COLUMNS, type ApiKey, type KeyMaker } from './api-keys.js';
import { API_KEYS } from './live-topics.js';
import { alreadyRotated, keyEnded, refuseScopesNotHeld } from './refusals.js';

export interface Rotation {
  /** Whose key it is; null for an operator's. */
  applicationId: string | null;
  keyId: string;
  /** For how long both keys are good; 0: the old one ends now. */
  overlapHours: number;
}

/** A new key, its secret this once, and when the one it stands in for ends. */
export interface RotatedKey extends ApiKey {
  secret: string;
  replaces: { id: string; expiresAt: Date };
}

interface Old extends Pick<ApiKey, 'scopes' | 'rotatedTo'> {
  ended: boolean;
}

/** The row's lock puts rotations of one key in line. */
const OLD = `
  SELECT scopes, rotated_to AS "rotatedTo", revoked_at IS NOT NULL OR coalesce(expires_at <= now(), false) AS ended
  FROM api_keys WHERE id = $1 AND application_id IS NOT DISTINCT FROM $2 FOR UPDATE`;

/**
 * Whether the successor is still good; one whose secret was lost is revoked first, and then there can be another. A statement of its
 * own: the one that waited for the lock does not see what was committed meanwhile.
 */
const IS_GOOD = 'SELECT FROM api_keys WHERE id = $1 AND revoked_at IS NULL';

/** It lives as long as the old one was made for, and no longer than another key that asks for it; a rotation before this one may have cut that short, but not the successor's. */
const NEW = `
  INSERT INTO api_keys (id, application_id, hash, scopes, name, expires_at)
  SELECT $2, old.application_id, $3, old.scopes, old.name, least(now() + CASE WHEN lost.id IS NULL
    THEN old.expires_at - old.created_at ELSE lost.expires_at - lost.created_at END,
    (SELECT expires_at FROM api_keys WHERE id = $4 AND id <> $1))
  FROM api_keys old LEFT JOIN api_keys lost ON lost.id = old.rotated_to WHERE old.id = $1
  RETURNING ${KEY_COLUMNS}`;

const END_OLD = `
  UPDATE api_keys SET rotated_to = $2, expires_at = least(expires_at, now() + $3::integer * interval '1 hour')
  WHERE id = $1 RETURNING expires_at AS "expiresAt"`;

/** Puts a new key in the place of an old one, which stays good for a while so that nobody is locked out meanwhile. */
@Injectable()
export class RotateKey {
  constructor(
    private readonly database: Database,
    private readonly random: Random,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {}

  /**
   * The new key has the old one's scopes, name and length of life. Of two rotations of one key at once, one makes a key.
   *
   * @throws 404 `not-found`; 409 `already-rotated` (`successor` names the key) or `key-ended`; 403 `scope-not-held`.
   */
  async execute({ applicationId, keyId, overlapHours }: Rotation, by: KeyMaker): Promise<RotatedKey> {
    const secret = makeSecret(this.random);
    const rotated = await this.database.transaction(async (query) => {
      const [old] = await query<Old>(OLD, [keyId, applicationId]);
      if (!old) throw notFound('key');
      if (old.rotatedTo !== null && (await query(IS_GOOD, [old.rotatedTo])).length > 0)
        throw alreadyRotated(old.rotatedTo);
      if (old.ended) throw keyEnded();
      refuseScopesNotHeld(old.scopes, by.scopes);
      const values = [keyId, this.random.id('key'), Buffer.from(hashOf(secret), 'hex'), by.keyId];
      const [made] = await query<ApiKey>(NEW, values);
      if (!made) throw notFound('key');
      const [ending] = await query<{ expiresAt: Date }>(END_OLD, [keyId, made.id, overlapHours]);
      if (!ending) throw notFound('key');
      await this.live.mark(API_KEYS, query);
      const details = { applicationId, successor: made.id, overlapHours, expiresAt: ending.expiresAt };
      await this.audit.append({ actor: by.keyId, action: 'key.rotated', target: keyId, details }, query);
      return { ...made, secret, replaces: { id: keyId, ...ending } };
    });
    await this.live.announce();
    return rotated;
  }
}
