import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { Clock } from '../shared/clock.js';
import { hashOf, looksLikeSecret } from './api-key.js';
import { API_KEYS } from './live-topics.js';
import { SCOPES, type Principal } from './principal.js';
import { MAX_LIFE_MS, ShortCache } from './short-cache.js';

interface Row {
  id: string;
  application_id: string | null;
  scopes: string[];
  disabled: boolean;
  life_ms: number;
  unused: boolean;
}
/** Whose key it is, and whether an operator has disabled its application. */
export interface KnownKey {
  principal: Principal;
  disabled: boolean;
}
interface Found extends KnownKey {
  lifeMs: number;
}

const FIND = `
  SELECT k.id, k.application_id, k.scopes, a.disabled_at IS NOT NULL AS disabled,
    least($2, floor(extract(epoch FROM k.expires_at - now()) * 1000))::integer AS life_ms,
    coalesce(k.last_used_at < now() - interval '1 minute', true) AS unused
  FROM api_keys k LEFT JOIN applications a ON a.id = k.application_id
  WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`;

/** Once a minute for each key, whichever node it was that found it unused for so long. */
const USED = `
  UPDATE api_keys SET last_used_at = now()
  WHERE id = $1 AND coalesce(last_used_at < now() - interval '1 minute', true)`;

/**
 * Who a secret belongs to. A yes is remembered until some key changes, for 3 s at most and never past the key's end; a no is not
 * remembered.
 */
@Injectable()
export class Principals implements OnModuleInit {
  private readonly cache: ShortCache<Found | null>;

  constructor(
    private readonly database: Database,
    private readonly live: LiveValues,
    clock: Clock,
  ) {
    this.cache = new ShortCache(clock);
  }

  async onModuleInit(): Promise<void> {
    await this.live.keep(API_KEYS, () => {
      this.cache.clear();
      return Promise.resolve();
    });
  }

  /**
   * @returns null for a secret that is unknown, revoked or expired.
   * @throws 503 `unavailable` when the ledger can not be asked and the answer is not remembered.
   */
  async find(secret: string): Promise<KnownKey | null> {
    if (!looksLikeSecret(secret)) return null;
    const hash = hashOf(secret);
    return this.cache.get(
      hash,
      () => this.read(hash),
      (answer) => answer?.lifeMs ?? 0,
    );
  }

  private async read(hash: string): Promise<Found | null> {
    const [row] = await this.database.query<Row>(FIND, [Buffer.from(hash, 'hex'), MAX_LIFE_MS]);
    if (!row) return null;
    if (row.unused) this.noteUse(row.id);
    const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
    const principal = { keyId: row.id, applicationId: row.application_id, scopes };
    return { principal, disabled: row.disabled, lifeMs: row.life_ms };
  }

  /** Nobody waits for it, and no call fails because of it: the next look-up of this key tries again. */
  private noteUse(keyId: string): void {
    this.database.query(USED, [keyId]).catch(() => undefined);
  }
}
