import type { JWK } from 'jose';
import type { Approval, ProvenApproval } from '../domain/approval.js';
import type { InvalidReason } from '../domain/refusals.js';

/** Whoever shows a token's end or takes an approval up again goes by it. */
export { TOKEN_LIFE_SECONDS } from '../domain/approval.js';

/** Signs approvals and reads tokens. Nothing is stored: whoever has the keyring can sign the same approval again. */
export abstract class ApprovalTokens {
  /**
   * A compact JWT, valid from the approval for `TOKEN_LIFE_SECONDS`. The same approval gives the same claims; the same bytes too
   * with EdDSA, while ES256 signs with a nonce and no two signatures are alike.
   */
  abstract sign(approval: Approval): Promise<string>;

  /**
   * Whether this is a token of ours for that application, whatever may be in it.
   *
   * @throws 503 `unavailable` when the ledger's time is not known
   */
  abstract read(token: string, applicationId: string): Promise<TokenReading>;

  /** Public keys in JWK set form (RFC 7517): of every secret and both algorithms, so that the next one is known before it signs. */
  abstract keys(): Promise<{ keys: JWK[] }>;
}

export type TokenReading =
  | { kind: 'genuine'; approval: ProvenApproval }
  /** Genuine, and past its end by the ledger's time. */
  | { kind: 'expired' }
  | { kind: 'invalid'; reason: InvalidReason };

/** Which tokens were consumed, kept while they could still be shown. */
export abstract class ConsumedTokens {
  /**
   * Consumes a token unless that was done before: one decision, however many ask at once. `again`: by this very request, whose
   * answer was lost. `expired` is by the ledger's clock at that moment, with no leeway.
   *
   * @throws 503 `unavailable`; whether it was consumed is then unknown, and asking again with the same key tells
   */
  abstract consume(token: TokenToConsume): Promise<ConsumeOutcome>;

  /** Deletes up to `limit` records of tokens that are long past their end; gives how many. */
  abstract forget(limit: number): Promise<number>;
}

export interface TokenToConsume {
  tokenId: string;
  applicationId: string;
  expiresAt: Date;
  /** Short name of the caller's Idempotency-Key. */
  idempotencyKey: string | null;
}

export type ConsumeOutcome = 'consumed' | 'again' | 'used' | 'other-token-under-key' | 'expired';
