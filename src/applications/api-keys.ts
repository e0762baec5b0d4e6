import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { Random } from '../shared/random.js';
import { notFound } from '../shared/refusals.js';
import { hashOf, makeSecret } from './api-key.js';
import { API_KEYS } from './live-topics.js';
import type { Scope } from './principal.js';
import { refuseScopesNotHeld } from './refusals.js';

/** An API key as it may be shown: the secret is gone. */
export interface ApiKey {
  id: string;
  /** Null for an operator's. */
  applicationId: string | null;
  /** For people: which key this is. */
  name: string | null;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** To the minute, more or less; null when it never was. */
  lastUsedAt: Date | null;
  /** The key that a rotation made in place of this one. */
  rotatedTo: string | null;
}

/** What a new key shall be. An operator's belongs to no application and has the one scope; others never have it. */
export type KeyOrder = (
  { applicationId: string; scopes: Exclude<Scope, 'operator'>[] } | { applicationId: null; scopes: ['operator'] }
) & { name?: string | undefined; expiresInDays?: number | undefined };

/** Who makes a key: the id for the audit log, and the scopes that can be given; absent, all of them can. */
export interface KeyMaker {
  keyId: string;
  scopes?: Scope[];
}

export const KEY_COLUMNS = `id, application_id AS "applicationId", name, scopes, created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt", rotated_to AS "rotatedTo"`;

/** An application may have several keys at a time: a new one is put to use before the old one is revoked. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly random: Random,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {}

  /**
   * Makes a key. Its secret is in the answer and nowhere else. It does not outlive the key that makes it: whoever has that one
   * for a while has what it makes no longer.
   *
   * @throws 404 `not-found` when there is no such application; 403 `scope-not-held`.
   */
  create(order: KeyOrder, by: KeyMaker): Promise<ApiKey & { secret: string }> {
    const { applicationId, scopes, name = null, expiresInDays = null } = order;
    refuseScopesNotHeld(scopes, by.scopes);
    const secret = makeSecret(this.random);
    return this.database.transaction(async (query) => {
      const [made] = await query<ApiKey>(
        `INSERT INTO api_keys (id, application_id, hash, scopes, name, expires_at)
         SELECT $1, $2, $3, $4, $5, least(now() + $6::integer * interval '1 day', (SELECT expires_at FROM api_keys WHERE id = $7))
         WHERE $2::text IS NULL OR EXISTS (SELECT FROM applications WHERE id = $2)
         RETURNING ${KEY_COLUMNS}`,
        [
          this.random.id('key'),
          applicationId,
          Buffer.from(hashOf(secret), 'hex'),
          scopes,
          name,
          expiresInDays,
          by.keyId,
        ],
      );
      if (!made) throw notFound('application');
      const details = { applicationId, scopes, expiresAt: made.expiresAt, ...(name !== null && { name }) };
      await this.audit.append({ actor: by.keyId, action: 'key.created', target: made.id, details }, query);
      return { ...made, secret };
    });
  }

  /** An application's keys, or the operators' (null), revoked and expired ones included, oldest first. */
  list(applicationId: string | null): Promise<ApiKey[]> {
    return this.database.query<ApiKey>(
      `SELECT ${KEY_COLUMNS} FROM api_keys WHERE application_id IS NOT DISTINCT FROM $1 ORDER BY created_at, id`,
      [applicationId],
    );
  }

  /** @throws 404 `not-found` when there is no such key. */
  async find(keyId: string): Promise<ApiKey> {
    const [found] = await this.database.query<ApiKey>(`SELECT ${KEY_COLUMNS} FROM api_keys WHERE id = $1`, [keyId]);
    if (!found) throw notFound('key');
    return found;
  }

  /**
   * Ends a key: on this node at once, on the others as soon as they hear of it, within 5 s. Revoking it again changes nothing.
   *
   * @throws 404 `not-found` when the application, or the operators (null), have no such key.
   */
  async revoke(applicationId: string | null, keyId: string, actor: string): Promise<void> {
    await this.database.transaction(async (query) => {
      const [revoked] = await query(
        `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now())
         WHERE id = $1 AND application_id IS NOT DISTINCT FROM $2 RETURNING id`,
        [keyId, applicationId],
      );
      if (!revoked) throw notFound('key');
      await this.live.mark(API_KEYS, query);
      await this.audit.append({ actor, action: 'key.revoked', target: keyId, details: { applicationId } }, query);
    });
    await this.live.announce();
  }
}
