import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import { ofRemovedFactor } from '../domain/refusals.js';
import { changerOf, type Changer, type ChangeRequest } from './changer.js';
import { FactorChanges } from './factor-changes.js';
import { FactorLedger } from './factor-ledger.js';
import { ProveChange } from './prove-change.js';

/** Removes a factor, or an enrolment under way; with the last authenticator the backup codes go, too. */
@Injectable()
export class RemoveFactor {
  constructor(
    private readonly factors: FactorLedger,
    private readonly proveChange: ProveChange,
    private readonly changes: FactorChanges,
  ) {}

  /** @throws 404; 403 or 422 `factor-proof-needed`, and what consuming a token throws, where it can be used; 503 */
  async execute(request: ChangeRequest, id: string): Promise<void> {
    const factor = await this.factors.find(request.applicationId, id);
    if (!factor) throw notFound('factor');
    const { subject, status } = factor;
    const changer =
      status === 'active' ? await this.proven({ ...request, subject, change: `remove ${id}` }) : changerOf(request);
    const removal = await this.changes.remove(factor, changer);
    if (removal === 'unproven') throw ofRemovedFactor();
    // Somebody has removed or activated it just now.
    if (removal === 'gone') throw notFound('factor');
  }

  private async proven(request: Parameters<ProveChange['execute']>[0]): Promise<Changer> {
    const active = await this.factors.activeOf(request.applicationId, request.subject);
    return this.proveChange.execute(request, active);
  }
}
