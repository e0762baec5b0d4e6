import { Injectable } from '@nestjs/common';
import { FactorCodes, FactorSecrets, FactorSettings, TotpCodes, type CheckableFactor } from './ports.js';
import { readFactorCode } from './read-factor-code.js';
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
    const { applicationId, subject, factorId, takenFor } = guess;
    const code = readFactorCode('totp', guess.code) ?? guess.code;
    const { window } = await this.settings.of(applicationId);
    const { now, factors } = await this.codes.checkable(applicationId, subject, 'totp');
    const opened = this.opened(
      applicationId,
      factors.filter(({ id }) => factorId === undefined || id === factorId),
    );
    let used = false;
    for (const factor of opened) {
      const { secret, totp: parameters } = factor;
      const step = parameters && this.totp.matchedStep(code, secret, { parameters, now, window });
      if (step === null) continue;
      if (await this.codes.takeStep(factor.id, step, takenFor)) return { kind: 'right', factorId: factor.id };
      used = true;
    }
    return { kind: used ? 'used' : 'wrong' };
  }

  /**
   * All are opened before one is compared: a guess that ends in an error is given back, and must have been compared with none.
   *
   * @throws what opening throws, where none can be opened
   */
  private opened(applicationId: string, factors: CheckableFactor[]) {
    const opened = factors.flatMap((factor) => {
      const secret = this.secrets.tryOpen({ applicationId, id: factor.id }, factor.secret);
      return secret === null ? [] : [{ ...factor, secret }];
    });
    const [first] = factors;
    if (first && opened.length === 0) this.secrets.open({ applicationId, id: first.id }, first.secret);
    return opened;
  }
}
