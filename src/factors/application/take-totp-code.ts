import { Injectable } from '@nestjs/common';
import { FactorCodes, FactorSecrets, FactorSettings, TotpCodes, type CheckableFactor } from './ports.js';
import type { FactorGuess, TakenCode } from './taken-code.js';

/** Takes in a code of an authenticator, once (R66, R67). */
@Injectable()
export class TakeTotpCode {
  constructor(
    private readonly codes: FactorCodes,
    private readonly secrets: FactorSecrets,
    private readonly totp: TotpCodes,
    private readonly settings: FactorSettings,
  ) {}

  /** @throws 503 when nobody could be asked; whether it was taken in is then unknown, and asking again for the same tells */
  async execute(guess: FactorGuess): Promise<TakenCode> {
    const { applicationId, subject, factorId, takenFor, code } = guess;
    const { window } = await this.settings.of(applicationId);
    const { now, factors } = await this.codes.checkable(applicationId, subject, 'totp');
    let used = false;
    for (const factor of factors.filter(({ id }) => factorId === undefined || id === factorId)) {
      const step = this.matchedStep({ applicationId, factor, code }, { now, window });
      if (step === null) continue;
      if (await this.codes.takeStep(factor.id, step, takenFor)) return { kind: 'right', factorId: factor.id };
      used = true;
    }
    return { kind: used ? 'used' : 'wrong' };
  }

  private matchedStep(
    { applicationId, factor, code }: { applicationId: string; factor: CheckableFactor; code: string },
    at: { now: number; window: number },
  ): number | null {
    const { id, secret, totp: parameters } = factor;
    if (!parameters) return null;
    const opened = this.secrets.open({ applicationId, id }, secret);
    return this.totp.matchedStep(code, opened, { parameters, ...at });
  }
}
