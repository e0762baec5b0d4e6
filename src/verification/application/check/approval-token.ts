import { Injectable } from '@nestjs/common';
import { ApprovalTokens, TOKEN_LIFE_SECONDS } from '../../../tokens/application/ports.js';
import { endedAs } from '../../domain/refusals.js';
import type { Binding } from '../../domain/verification.js';
import type { CheckOutcome } from './check-request.js';
import type { VerificationRecord } from '../ledger.js';

/** The answer to an approval, now or asked for again: no token is stored, the same claims are signed again. */
@Injectable()
export class ApprovalToken {
  constructor(private readonly tokens: ApprovalTokens) {}

  /**
   * @param binding what the check named, which is what the start did: the record does not hold it
   * @throws what the record ended as, when it was not approved, or when it was emptied since: the claims would be others then
   */
  async outcomeOf(
    record: VerificationRecord,
    binding: Binding | null,
  ): Promise<Extract<CheckOutcome, { kind: 'approved' }>> {
    const {
      tokenId,
      endedAt: approvedAt,
      approvedChannel: channel,
      factorId,
      subject,
      purpose,
      applicationId,
    } = record;
    if (record.status !== 'approved' || !tokenId || !approvedAt || !channel) {
      throw endedAs(record.status === 'pending' ? 'expired' : record.status);
    }
    if (record.sealed === null) throw endedAs('approved');
    const token = await this.tokens.sign({
      ...{
        tokenId,
        verificationId: record.id,
        applicationId,
        approvedAt,
        channel,
        factorId,
        subject,
        purpose,
        binding,
      },
    });
    const tokenExpiresAt = new Date(endOfToken(approvedAt));
    return { kind: 'approved', token, channel, approvedAt, tokenExpiresAt };
  }
}

/** Epoch milliseconds at which an approval's token ends; whole seconds, as a JWT counts. */
export const endOfToken = (approvedAt: Date) => (Math.floor(approvedAt.getTime() / 1000) + TOKEN_LIFE_SECONDS) * 1000;
