import { Injectable } from '@nestjs/common';
import { TakeBackupCode } from './take-backup-code.js';
import type { FactorGuess, TakenCode } from './taken-code.js';
import { TakeTotpCode } from './take-totp-code.js';

/** Takes in a code of one of a subject's factors, so that it is never right again. Who may guess how often is not asked here. */
@Injectable()
export class TakeFactorCode {
  constructor(
    private readonly totp: TakeTotpCode,
    private readonly backupCode: TakeBackupCode,
  ) {}

  /** @throws 503 when nobody could be asked; whether it was taken in is then unknown, and asking again for the same tells */
  execute(guess: FactorGuess): Promise<TakenCode> {
    switch (guess.channel) {
      case 'totp':
        return this.totp.execute(guess);
      case 'backup-code':
        return this.backupCode.execute(guess);
    }
  }
}
