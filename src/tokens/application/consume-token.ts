import { Injectable } from '@nestjs/common';
import { idempotencyName } from '../../shared/idempotency-name.js';
import type { ProvenApproval } from '../domain/approval.js';
import { invalidToken, otherTokenUnderKey, tokenExpired, tokenMismatch, tokenUsed } from '../domain/refusals.js';
import { contextMismatches, type TokenContext } from '../domain/token-context.js';
import { ApprovalTokens, ConsumedTokens } from './ports.js';

export interface ConsumeRequest extends TokenContext {
  applicationId: string;
  token: string;
  /** The caller's Idempotency-Key. */
  idempotencyKey: string | null;
}

/**
 * Takes a token in, once (R75). What the token says decides first, then its context; the ledger is asked last, so that only a
 * genuine token for the right thing costs it anything, and one that was shown in the wrong place is still good in the right one.
 */
@Injectable()
export class ConsumeToken {
  constructor(
    private readonly tokens: ApprovalTokens,
    private readonly consumed: ConsumedTokens,
  ) {}

  /**
   * @returns what was approved; nobody else has been or will be told so about this token
   * @throws 422 `invalid-token`, `token-mismatch`, `idempotency-mismatch`; 410 `token-expired`, `token-used`; 503
   */
  async execute(request: ConsumeRequest): Promise<ProvenApproval> {
    const { applicationId, token, idempotencyKey: key } = request;
    const reading = await this.tokens.read(token, applicationId);
    if (reading.kind === 'invalid') throw invalidToken(reading.reason);
    if (reading.kind === 'expired') throw tokenExpired();
    const { approval } = reading;
    const mismatched = contextMismatches(approval, request);
    if (mismatched.length > 0) throw tokenMismatch(mismatched);

    const { tokenId, expiresAt } = approval;
    const idempotencyKey = key === null ? null : idempotencyName(key);
    const outcome = await this.consumed.consume({ tokenId, applicationId, expiresAt, idempotencyKey });
    switch (outcome) {
      case 'consumed':
      case 'again':
        return approval;
      case 'used':
        throw tokenUsed();
      case 'other-token-under-key':
        throw otherTokenUnderKey();
      case 'expired':
        throw tokenExpired();
    }
  }
}
