import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { ConsumedTokens, type ConsumeOutcome, type TokenToConsume } from '../application/ports.js';

/** The end is judged by the ledger's clock, which is one for all nodes. A conflict waits for whoever holds the row to commit. */
const CONSUME = `
  WITH consumed AS (
    INSERT INTO consumed_tokens (jti, application_id, idempotency_key, expires_at)
    SELECT $1, $2, $3, $4::timestamptz WHERE now() < $4::timestamptz
    ON CONFLICT DO NOTHING RETURNING jti)
  SELECT now() < $4::timestamptz AS "inTime", EXISTS (SELECT FROM consumed) AS consumed`;

/** A statement of its own: the one that lost does not see the row it lost to. */
const BY_WHOM = 'SELECT idempotency_key AS "idempotencyKey" FROM consumed_tokens WHERE jti = $1';

/** A day later, so that no clock that is set back makes a token good again that the ledger has forgotten. */
const FORGET = `
  DELETE FROM consumed_tokens WHERE jti IN (
    SELECT jti FROM consumed_tokens WHERE expires_at < now() - interval '1 day'
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING jti`;

@Injectable()
export class PostgresConsumedTokens extends ConsumedTokens {
  constructor(private readonly database: Database) {
    super();
  }

  async consume({ tokenId, applicationId, expiresAt, idempotencyKey }: TokenToConsume): Promise<ConsumeOutcome> {
    const values = [tokenId, applicationId, idempotencyKey, expiresAt];
    const [row] = await this.database.query<{ inTime: boolean; consumed: boolean }>(CONSUME, values);
    if (row?.consumed) return 'consumed';
    if (!row?.inTime) return 'expired';
    if (idempotencyKey === null) return 'used';
    const [holder] = await this.database.query<{ idempotencyKey: string | null }>(BY_WHOM, [tokenId]);
    // Another token has the place under this key.
    if (!holder) return 'other-token-under-key';
    return holder.idempotencyKey === idempotencyKey ? 'again' : 'used';
  }

  async forget(limit: number): Promise<number> {
    return (await this.database.query(FORGET, [limit])).length;
  }
}
