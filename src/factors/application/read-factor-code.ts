import type { FactorChannel } from '../../shared/channel.js';
import { readBackupCode } from '../domain/backup-code.js';

const TOTP = /^[0-9]{6,8}$/;

/**
 * A factor's code as it was typed, in the one way that it is written; null when it can be none of the channel. Digits are taken
 * as they are (R55); a backup code may have any case and groups.
 */
export function readFactorCode(channel: FactorChannel, typed: string): string | null {
  switch (channel) {
    case 'totp':
      return TOTP.test(typed) ? typed : null;
    case 'backup-code':
      return readBackupCode(typed);
  }
}
