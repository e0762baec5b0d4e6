import { Injectable } from '@nestjs/common';
import { factorProofNeeded, ofRemovedFactor } from '../domain/refusals.js';
import type { ChangeRequest } from './changer.js';
import { FactorLedger } from './factor-ledger.js';
import { MakeBackupCodes, type MadeBackupCodes } from './make-backup-codes.js';
import { ProveChange } from './prove-change.js';

/** Gives a subject ten new backup codes; those there were are void at once. */
@Injectable()
export class RenewBackupCodes {
  constructor(
    private readonly factors: FactorLedger,
    private readonly proveChange: ProveChange,
    private readonly makeBackupCodes: MakeBackupCodes,
  ) {}

  /** @throws 403 or 422 `factor-proof-needed`; what consuming a token throws; 503 */
  async execute(request: ChangeRequest & { subject: string }): Promise<MadeBackupCodes> {
    const { applicationId, subject } = request;
    const active = await this.factors.activeOf(applicationId, subject);
    const { proven, ...changer } = await this.proveChange.execute({ ...request, change: 'renew backup codes' }, active);
    const made = await this.makeBackupCodes.execute({ ...changer, subject }, proven);
    // The subject got a factor just now, or lost the one that was shown.
    if (!made) throw changer.provenBy === undefined ? factorProofNeeded() : ofRemovedFactor();
    return made;
  }
}
