import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { PostgresConsumedTokens } from '../../src/tokens/adapters/postgres-consumed-tokens.js';
import type { TokenToConsume } from '../../src/tokens/application/ports.js';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

const newToken = (over: Partial<TokenToConsume> = {}): TokenToConsume => ({
  tokenId: `tok_${randomBytes(16).toString('base64url')}`,
  ...{ applicationId: 'app_1', expiresAt: inSeconds(120), idempotencyKey: null, ...over },
});

/** What the ledger must remember of tokens, on a Postgres server and on the embedded one. */
export function consumedTokensContract(opened: () => Database): void {
  describe('consumed tokens', () => {
    const consume = (token: TokenToConsume) => new PostgresConsumedTokens(opened()).consume(token);

    it('R75 gives a token to one of many who ask at once', async () => {
      const token = newToken();
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => consume(token)));
      expect(outcomes.sort()).toEqual(['consumed', ...Array<string>(19).fill('used')]);
    });

    it('R75 tells a retry from everybody else, also when both ask at once', async () => {
      const token = newToken({ idempotencyKey: randomBytes(16).toString('hex') });
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => consume(token)));
      expect(outcomes.sort()).toEqual([...Array<string>(9).fill('again'), 'consumed']);
      expect(await consume({ ...token, idempotencyKey: null })).toBe('used');
      expect(await consume({ ...token, idempotencyKey: 'another' })).toBe('used');
    });

    it('R75 takes one token under a key of an application, and another application has keys of its own', async () => {
      const idempotencyKey = randomBytes(16).toString('hex');
      expect(await consume(newToken({ idempotencyKey }))).toBe('consumed');
      const another = newToken({ idempotencyKey });
      expect(await consume(another)).toBe('other-token-under-key');
      expect(await consume({ ...another, idempotencyKey: null })).toBe('consumed');
      expect(await consume(newToken({ idempotencyKey, applicationId: 'app_2' }))).toBe('consumed');
    });

    it('R75 past its end is given to nobody, not even to whoever consumed it before and asks again', async () => {
      const token = newToken({ idempotencyKey: randomBytes(16).toString('hex') });
      expect(await consume(token)).toBe('consumed');
      expect(await consume(token)).toBe('again');
      expect(await consume({ ...token, expiresAt: inSeconds(-1) })).toBe('expired');
    });

    it('R75 consumes nothing past its end, and forgets what ended more than a day ago', async () => {
      expect(await consume(newToken({ expiresAt: inSeconds(-1) }))).toBe('expired');
      const [old, recent] = [newToken(), newToken()];
      expect([await consume(old), await consume(recent)]).toEqual(['consumed', 'consumed']);
      const sql = `UPDATE consumed_tokens SET expires_at = now() - interval '1 day' - $2::interval WHERE jti = $1`;
      await opened().query(sql, [old.tokenId, '1 second']);
      await opened().query(sql, [recent.tokenId, '-1 minute']);

      expect(await new PostgresConsumedTokens(opened()).forget(10)).toBe(1);
      const kept = await opened().query<{ jti: string }>('SELECT jti FROM consumed_tokens');
      expect(kept.map(({ jti }) => jti)).not.toContain(old.tokenId);
      expect(kept.map(({ jti }) => jti)).toContain(recent.tokenId);
    });
  });
}
