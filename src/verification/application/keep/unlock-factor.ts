import { Injectable } from '@nestjs/common';
import { FindFactors } from '../../../factors/application/find-factors.js';
import { Limiter } from '../../../limits/application/limiter.js';
import { notFound } from '../../../shared/refusals.js';
import { CountedAs } from '../counted-as.js';
import { AuditTrail, type Actor } from '../ports.js';

/** Lets a factor be tried again that wrong codes have locked, those in a row of NIST SP 800-63B 3.2.2 included (R69). */
@Injectable()
export class UnlockFactor {
  constructor(
    private readonly findFactors: FindFactors,
    private readonly limiter: Limiter,
    private readonly countedAs: CountedAs,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * With it whatever shares its count: every authenticator of the subject, since a guess is compared with each.
   *
   * @throws 404 `not-found`, for another application's too (R78); 503
   */
  async execute(actor: Actor & { applicationId: string }, id: string): Promise<void> {
    const { applicationId } = actor;
    const found = await this.findFactors.find(applicationId, id);
    if (!found) throw notFound('factor');
    const factor = this.countedAs.factor(found.subject, found.channel);
    await this.limiter.unlock({ applicationId, factor });
    await this.audit.append(actor, 'factor.unlocked', { factorId: id, channel: found.channel });
  }
}
