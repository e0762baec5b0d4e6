import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { BACKUP_CODES, backupCodeDigest, grouped, makeBackupCode } from '../domain/backup-code.js';
import type { Factor } from '../domain/factor.js';
import { BackupCodeLists } from './backup-code-lists.js';
import type { Changer } from './changer.js';
import { FactorSecrets } from './ports.js';

/** 256 bits for HMAC-SHA-256. */
const KEY_BYTES = 32;

export interface BackupCodesRequest extends Changer {
  subject: string;
}

/** The list as a factor, and its codes as the person is shown them, this once. */
export interface MadeBackupCodes {
  factor: Factor;
  codes: string[];
}

/** Makes backup codes. They are kept only as digests under a new key of the list, so that nobody can ever show them again. */
@Injectable()
export class MakeBackupCodes {
  constructor(
    private readonly lists: BackupCodeLists,
    private readonly secrets: FactorSecrets,
    private readonly random: Random,
  ) {}

  /**
   * Ten new ones; those there were are void at once.
   *
   * @param proven whether whoever asks has shown a factor, or is an administrator
   * @returns null when they were made for nobody: the subject has a factor and none was shown, or has the one no more that was (R73)
   * @throws 503
   */
  execute(request: BackupCodesRequest, proven: boolean): Promise<MadeBackupCodes | null> {
    return this.make(request, { proven, renew: true });
  }

  /** For a subject that has just proven an authenticator: null where it has unused codes already, or that one no more. @throws 503 */
  whereNone(request: BackupCodesRequest): Promise<MadeBackupCodes | null> {
    return this.make(request, { proven: true, renew: false });
  }

  private async make(
    request: BackupCodesRequest,
    terms: { proven: boolean; renew: boolean },
  ): Promise<MadeBackupCodes | null> {
    const { applicationId, subject } = request;
    for (;;) {
      const list = await this.lists.of(applicationId, subject);
      if (!terms.renew && list && list.codesLeft > 0) return null;
      const id = list?.id ?? this.random.id('fac');
      const { codes, ...resting } = this.codesFor({ applicationId, id });
      const put = await this.lists.put({ ...request, ...terms, id, ...resting });
      if (put === 'unproven') return null;
      if (put !== 'other-list') return { factor: put, codes };
      // Somebody else was quicker, so that there is another list to look at.
    }
  }

  private codesFor(list: { applicationId: string; id: string }): { codes: string[]; key: string; digests: Buffer[] } {
    const key = this.random.bytes(KEY_BYTES);
    const codes = Array.from({ length: BACKUP_CODES }, () => makeBackupCode(this.random));
    const digests = codes.map((code) => backupCodeDigest(key, code));
    return { codes: codes.map(grouped), key: this.secrets.seal(list, key), digests };
  }
}
