import { Injectable } from '@nestjs/common';
import { MOST_AUTHENTICATORS, type Factor, type TotpParameters } from '../domain/factor.js';
import { SECRET_BYTES, enrolmentEnd } from '../domain/enrolment.js';
import { ofRemovedFactor, tooManyFactors } from '../domain/refusals.js';
import type { ChangeRequest } from './changer.js';
import { Enrolments } from './enrolments.js';
import { FactorLedger } from './factor-ledger.js';
import { NewSecrets } from './new-secrets.js';
import { FactorSettings } from './ports.js';
import { ProveChange } from './prove-change.js';

export interface EnrolmentRequest extends ChangeRequest {
  subject: string;
  label: string | null;
  /** What the app calls the application; absent: what its settings say. */
  issuer?: string | undefined;
  totp: TotpParameters;
}

/** An authenticator that waits for its first code, and its secret this once. */
export interface BegunEnrolment {
  factor: Factor & { totp: TotpParameters };
  issuer: string;
  secret: Buffer;
  expiresAt: Date;
}

/** Begins to enrol an authenticator. It is no factor before a code of it was typed (R71). */
@Injectable()
export class BeginEnrolment {
  constructor(
    private readonly factors: FactorLedger,
    private readonly proveChange: ProveChange,
    private readonly enrolments: Enrolments,
    private readonly newSecrets: NewSecrets,
    private readonly settings: FactorSettings,
  ) {}

  /** @throws 403 or 422 `factor-proof-needed`; what consuming a token throws; 422 `too-many-factors`; 503 */
  async execute(request: EnrolmentRequest): Promise<BegunEnrolment> {
    const { applicationId, subject, label, totp } = request;
    const { issuer = (await this.settings.of(applicationId)).issuer } = request;
    const active = await this.factors.activeOf(applicationId, subject);
    if (active.filter(({ channel }) => channel === 'totp').length >= MOST_AUTHENTICATORS) throw tooManyFactors();
    const { proven, ...changer } = await this.proveChange.execute({ ...request, change: 'enrol' }, active);
    const { id, secret, sealed } = this.newSecrets.make(applicationId, SECRET_BYTES[totp.algorithm]);
    const enrolment = { id, applicationId, subject, label, totp, secret: sealed, proven };
    const factor = await this.enrolments.begin(enrolment, changer);
    if (!factor) throw ofRemovedFactor();
    return { factor: { ...factor, totp }, issuer, secret, expiresAt: enrolmentEnd(factor.createdAt) };
  }
}
