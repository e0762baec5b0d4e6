import { Injectable } from '@nestjs/common';
import { FactorSecrets, FactorSettings, TotpCodes } from './ports.js';
import { readFactorCode } from './read-factor-code.js';
import type { FactorGuess, TakenCode } from './taken-code.js';
import { TotpSteps, type Authenticator } from './totp-steps.js';

/** Takes in a code of an authenticator, once (R66, R67). */
@Injectable()
export class TakeTotpCode {
  constructor(
    private readonly steps: TotpSteps,
    private readonly secrets: FactorSecrets,
    private readonly totp: TotpCodes,
    private readonly settings: FactorSettings,
  ) {}

  /** @throws 503 when nobody could be asked; whether it was taken in is then unknown, and asking again for the same tells */
  async execute(guess: FactorGuess): Promise<TakenCode> {
    const { applicationId, subject, factorId, takenFor } = guess;
    const code = readFactorCode('totp', guess.code) ?? guess.code;
    const { window } = await this.settings.of(applicationId);
    const { now, authenticators } = await this.steps.activeOf(applicationId, subject);
    const opened = this.opened(
      applicationId,
      authenticators.filter(({ id }) => factorId === undefined || id === factorId),
    );
    let used = false;
    for (const { id, secret, totp: parameters } of opened) {
      const step = this.totp.matchedStep(code, secret, { parameters, now, window });
      if (step === null) continue;
      if (await this.steps.take(id, step, takenFor)) return { kind: 'right', factorId: id };
      used = true;
    }
    return { kind: used ? 'used' : 'wrong' };
  }

  /**
   * All are opened before one is compared: a guess that ends in an error is given back, and must have been compared with none.
   *
   * @throws what opening throws, where none can be opened; 503 where the key of one is not on this node
   */
  private opened(applicationId: string, authenticators: Authenticator[]) {
    const opened = authenticators.flatMap(({ id, secret: sealed, totp }) => {
      const secret = this.secrets.tryOpen({ applicationId, id }, sealed);
      return secret === null ? [] : [{ id, secret, totp }];
    });
    const [first] = authenticators;
    if (first && opened.length === 0) this.secrets.open({ applicationId, id: first.id }, first.secret);
    return opened;
  }
}
