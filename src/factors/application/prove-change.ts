import { Injectable } from '@nestjs/common';
import { isFactor } from '../../shared/channel.js';
import { ConsumeToken } from '../../tokens/application/consume-token.js';
import { ApprovalTokens } from '../../tokens/application/ports.js';
import { CHANGE_PURPOSE } from '../domain/enrolment.js';
import type { Factor } from '../domain/factor.js';
import { factorProofNeeded, notOfFactor } from '../domain/refusals.js';
import type { Changer, ChangeRequest } from './changer.js';

/**
 * Says whether somebody may change a subject's factors (R73, NIST SP 800-63B 4.6): with a code of one of them, shown as an approval
 * token, or as an administrator. Who has none yet needs nothing.
 */
@Injectable()
export class ProveChange {
  constructor(
    private readonly tokens: ApprovalTokens,
    private readonly consumeToken: ConsumeToken,
  ) {}

  /**
   * Consumes the token where one is needed: ask last, when nothing else stands in the way.
   *
   * @param active the subject's factors that can be used
   * @returns `proven`: false where there was nothing to prove it with
   * @throws 403 or 422 `factor-proof-needed`; what consuming a token throws
   */
  async execute(
    request: ChangeRequest & { subject: string },
    active: readonly Factor[],
  ): Promise<Changer & { proven: boolean }> {
    const { applicationId, keyId, approvalToken: token } = request;
    if (token !== null && active.length > 0) {
      await this.consume({ ...request, token });
      return { applicationId, keyId, by: 'subject', proven: true };
    }
    if (request.administrator) return { applicationId, keyId, by: 'administrator', proven: true };
    if (active.length > 0) throw factorProofNeeded();
    return { applicationId, keyId, by: 'subject', proven: false };
  }

  /** Its channel is looked at first, so that a token which is good elsewhere stays good. */
  private async consume({
    applicationId,
    subject,
    token,
    idempotencyKey,
  }: ChangeRequest & { subject: string; token: string }): Promise<void> {
    const reading = await this.tokens.read(token, applicationId);
    if (reading.kind === 'genuine' && !isFactor(reading.approval.channel)) throw notOfFactor();
    await this.consumeToken.execute({ applicationId, token, idempotencyKey, subject, purpose: CHANGE_PURPOSE });
  }
}
