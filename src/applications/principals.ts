import { Injectable } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';
import { Clock } from '../shared/clock.js';
import { hashOf, looksLikeSecret } from './api-key.js';
import { SCOPES, type Principal } from './principal.js';
import { MAX_LIFE_MS, ShortCache } from './short-cache.js';

interface Row {
  id: string;
  application_id: string | null;
  scopes: string[];
  life_ms: number;
}
interface Found {
  principal: Principal;
  lifeMs: number;
}

const FIND = `
  SELECT id, application_id, scopes, least($2, floor(extract(epoch FROM expires_at - now()) * 1000))::integer AS life_ms
  FROM api_keys
  WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

/** Who a secret belongs to. A yes is remembered for 3 s at most and never past the key's end; a no is not remembered. */
@Injectable()
export class Principals {
  private readonly cache: ShortCache<Found | null>;

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    this.cache = new ShortCache(clock);
  }

  /**
   * @returns null for a secret that is unknown, revoked or expired.
   * @throws 503 `unavailable` when the ledger can not be asked and the answer is not remembered.
   */
  async find(secret: string): Promise<Principal | null> {
    if (!looksLikeSecret(secret)) return null;
    const hash = hashOf(secret);
    const found = await this.cache.get(
      hash,
      () => this.read(hash),
      (answer) => answer?.lifeMs ?? 0,
    );
    return found?.principal ?? null;
  }

  /** Makes a revocation hold on this node at once; other nodes learn it when their memory of the key ends. */
  forget(hash: string): void {
    this.cache.forget(hash);
  }

  private async read(hash: string): Promise<Found | null> {
    const [row] = await this.database.query<Row>(FIND, [Buffer.from(hash, 'hex'), MAX_LIFE_MS]);
    if (!row) return null;
    const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
    return { principal: { keyId: row.id, applicationId: row.application_id, scopes }, lifeMs: row.life_ms };
  }
}
