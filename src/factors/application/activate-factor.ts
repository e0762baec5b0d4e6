import { Injectable } from '@nestjs/common';
import { ACTIVATION_TRIES } from '../domain/enrolment.js';
import type { Factor } from '../domain/factor.js';
import * as refusals from '../domain/refusals.js';
import { notFound } from '../../shared/refusals.js';
import type { Changer } from './changer.js';
import { Enrolments, type TriedEnrolment } from './enrolments.js';
import { MakeBackupCodes } from './make-backup-codes.js';
import { FactorSecrets, FactorSettings, TotpCodes } from './ports.js';
import { readFactorCode } from './read-factor-code.js';

export interface ActivationRequest extends Changer {
  factorId: string;
  /** As it was typed. */
  code: string;
  /** Whether the subject gets backup codes, if it has none. */
  backupCodes: boolean;
}

export interface ActivatedFactor {
  factor: Factor;
  /** Shown this once; null where none were made. */
  backupCodes: string[] | null;
}

/**
 * Makes a factor of an authenticator whose code somebody typed (R71). Asked again with the same code, because the answer was lost, it
 * answers the same; backup codes that were made are not shown again.
 */
@Injectable()
export class ActivateFactor {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly secrets: FactorSecrets,
    private readonly totp: TotpCodes,
    private readonly settings: FactorSettings,
    private readonly makeBackupCodes: MakeBackupCodes,
  ) {}

  /** @throws 404; 409 `already-active`; 410 `enrolment-ended`; 422 `wrong-code`, `too-many-factors`; 403 `factor-proof-needed`; 503 */
  async execute(request: ActivationRequest): Promise<ActivatedFactor> {
    const { factorId, backupCodes, ...changer } = request;
    const code = readFactorCode('totp', request.code);
    const { window } = await this.settings.of(changer.applicationId);
    const tried = await this.enrolments.countTry(changer.applicationId, factorId);
    if (!tried) throw notFound('factor');
    const step = this.matchedStep(tried, { code, window });
    const factor = await this.activated(tried, step, changer);
    const { subject } = factor;
    // Whoever repeats it has typed nothing new: codes for years take a proof then.
    const isNew = tried.factor.status === 'pending';
    const proven = { ...changer, subject, provenBy: factorId };
    const made = backupCodes && isNew ? await this.makeBackupCodes.whereNone(proven) : null;
    return { factor, backupCodes: made?.codes ?? null };
  }

  private async activated(tried: TriedEnrolment, step: number | null, changer: Changer): Promise<Factor> {
    const { factor, attempt, activatedBy } = tried;
    if (factor.status === 'active') {
      if (attempt !== null && step !== null && step === activatedBy) return factor;
      throw refusals.alreadyActive();
    }
    if (attempt === null) throw refusals.enrolmentEnded();
    if (step === null) throw refusals.wrongActivationCode(ACTIVATION_TRIES - attempt);
    const activation = await this.enrolments.activate({ id: factor.id, subject: factor.subject, step }, changer);
    switch (activation.kind) {
      case 'activated':
        return activation.factor;
      case 'unproven':
        throw refusals.factorProofNeeded();
      case 'too-many':
        throw refusals.tooManyFactors();
      case 'gone':
        throw refusals.enrolmentEnded();
    }
  }

  private matchedStep(
    { factor, secret, now }: TriedEnrolment,
    { code, window }: { code: string | null; window: number },
  ): number | null {
    if (code === null) return null;
    const opened = this.secrets.open(factor, secret);
    return this.totp.matchedStep(code, opened, { parameters: factor.totp, now, window });
  }
}
