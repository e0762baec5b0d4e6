import { Injectable } from '@nestjs/common';
import { isFactor } from '../../shared/channel.js';
import { ConsumeToken } from '../../tokens/application/consume-token.js';
import { ApprovalTokens } from '../../tokens/application/ports.js';
import { CHANGE_PURPOSE } from '../domain/enrolment.js';
import type { Factor } from '../domain/factor.js';
import { factorProofNeeded, notOfFactor, ofRemovedFactor } from '../domain/refusals.js';
import type { Changer, ChangeRequest } from './changer.js';

/** What somebody wants to do to whose factors. */
interface Change {
  subject: string;
  change: string;
}

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
   * @param request `change` names what it is for: with one Idempotency-Key a token is good for repeating that, and for nothing else
   * @param active the subject's factors that can be used
   * @returns `proven`: false where there was nothing to prove it with
   * @throws 403 or 422 `factor-proof-needed`; what consuming a token throws
   */
  async execute(request: ChangeRequest & Change, active: readonly Factor[]): Promise<Changer & { proven: boolean }> {
    const { applicationId, keyId, approvalToken: token } = request;
    if (token !== null && active.length > 0) {
      const provenBy = await this.consume({ ...request, token }, active);
      return { applicationId, keyId, by: 'subject', proven: true, provenBy };
    }
    if (request.administrator) return { applicationId, keyId, by: 'administrator', proven: true };
    if (active.length > 0) throw factorProofNeeded();
    return { applicationId, keyId, by: 'subject', proven: false };
  }

  /**
   * Whose code it is of is looked at first, so that a token which is good elsewhere stays good. A factor that was removed proves
   * nothing any more, though its last token is not over yet: it may have been removed because somebody else has it. It may be on
   * its way out just now, too: whoever makes the change asks again.
   *
   * @returns the factor that was shown
   */
  private async consume(
    { token, ...request }: ChangeRequest & Change & { token: string },
    active: readonly Factor[],
  ): Promise<string> {
    const { applicationId, subject, change, idempotencyKey: key } = request;
    const reading = await this.tokens.read(token, applicationId);
    if (reading.kind === 'genuine') {
      const { channel, factorId, subject: proven } = reading.approval;
      if (!isFactor(channel)) throw notOfFactor();
      if (proven === subject && active.every(({ id }) => id !== factorId)) throw ofRemovedFactor();
    }
    const idempotencyKey = key === null ? null : `${change} ${key}`;
    const purpose = CHANGE_PURPOSE;
    const { factorId } = await this.consumeToken.execute({ applicationId, token, idempotencyKey, subject, purpose });
    if (factorId === null) throw notOfFactor();
    return factorId;
  }
}
