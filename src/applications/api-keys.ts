import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.js';
import { Database } from '../platform/postgres/database.js';
import { Random } from '../shared/random.js';
import { notFound } from '../shared/refusals.js';
import { hashOf, makeSecret } from './api-key.js';
import type { Scope } from './principal.js';
import { Principals } from './principals.js';

/** An API key as it may be shown: the secret is gone. */
export interface ApiKey {
  id: string;
  /** Null for an operator's. */
  applicationId: string | null;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** What a new key shall be. An operator's belongs to no application and has the one scope; others never have it. */
export type KeyOrder = (
  { applicationId: string; scopes: Exclude<Scope, 'operator'>[] } | { applicationId: null; scopes: ['operator'] }
) & { expiresInDays?: number | undefined };

const COLUMNS = `id, application_id AS "applicationId", scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt"`;

/** An application may have several keys at a time: a new one is put to use before the old one is revoked. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly random: Random,
    private readonly audit: AuditLog,
    private readonly principals: Principals,
  ) {}

  /**
   * Makes a key. Its secret is in the answer and nowhere else.
   *
   * @throws 404 `not-found` when there is no such application.
   */
  create(order: KeyOrder, actor: string): Promise<ApiKey & { secret: string }> {
    const { applicationId, scopes, expiresInDays = null } = order;
    const secret = makeSecret(this.random);
    return this.database.transaction(async (query) => {
      const [made] = await query<ApiKey>(
        `INSERT INTO api_keys (id, application_id, hash, scopes, expires_at)
         SELECT $1, $2, $3, $4, now() + $5::integer * interval '1 day'
         WHERE $2::text IS NULL OR EXISTS (SELECT FROM applications WHERE id = $2)
         RETURNING ${COLUMNS}`,
        [this.random.id('key'), applicationId, Buffer.from(hashOf(secret), 'hex'), scopes, expiresInDays],
      );
      if (!made) throw notFound('application');
      const details = { applicationId, scopes, expiresAt: made.expiresAt };
      await this.audit.append({ actor, action: 'key.created', target: made.id, details }, query);
      return { ...made, secret };
    });
  }

  /** An application's keys, or the operators' (null), revoked and expired ones included, oldest first. */
  list(applicationId: string | null): Promise<ApiKey[]> {
    return this.database.query<ApiKey>(
      `SELECT ${COLUMNS} FROM api_keys WHERE application_id IS NOT DISTINCT FROM $1 ORDER BY created_at, id`,
      [applicationId],
    );
  }

  /**
   * Ends a key: on this node at once, on all within 3 s. Revoking it again changes nothing.
   *
   * @throws 404 `not-found` when the application, or the operators (null), have no such key.
   */
  async revoke(applicationId: string | null, keyId: string, actor: string): Promise<void> {
    const hash = await this.database.transaction(async (query) => {
      const [revoked] = await query<{ hash: Buffer }>(
        `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now())
         WHERE id = $1 AND application_id IS NOT DISTINCT FROM $2 RETURNING hash`,
        [keyId, applicationId],
      );
      if (!revoked) throw notFound('key');
      await this.audit.append({ actor, action: 'key.revoked', target: keyId, details: { applicationId } }, query);
      return revoked.hash;
    });
    this.principals.forget(hash.toString('hex'));
  }
}
