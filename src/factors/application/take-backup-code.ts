import { Injectable } from '@nestjs/common';
import { backupCodeDigest, readBackupCode } from '../domain/backup-code.js';
import { BackupCodes } from './backup-codes.js';
import { FactorSecrets } from './ports.js';
import type { FactorGuess, TakenCode } from './taken-code.js';

/** Takes in a backup code, once: found by a digest under the list's own key, whatever is on the list (R72). */
@Injectable()
export class TakeBackupCode {
  constructor(
    private readonly codes: BackupCodes,
    private readonly secrets: FactorSecrets,
  ) {}

  /** @throws 503 when nobody could be asked; whether it was taken in is then unknown, and asking again for the same tells */
  async execute({ applicationId, subject, factorId, takenFor, code }: FactorGuess): Promise<TakenCode> {
    const typed = readBackupCode(code);
    const list = await this.codes.listOf(applicationId, subject);
    if (!typed || !list || (factorId !== undefined && list.id !== factorId)) return { kind: 'wrong' };
    const { id } = list;
    const key = this.secrets.open({ applicationId, id }, list.key);
    const taken = await this.codes.take(id, backupCodeDigest(key, typed), takenFor);
    if (taken === 'taken') return { kind: 'right', factorId: id };
    return { kind: taken === 'used' ? 'used' : 'wrong' };
  }
}
