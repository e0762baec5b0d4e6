import type { FactorChannel } from '../../shared/channel.js';
import { readBackupCode } from '../domain/backup-code.js';
import { readTotpCode } from '../domain/totp-code.js';

/**
 * A factor's code as it was typed, in the one way that it is written; null when it can be none of the channel. Groups are no part
 * of it, as apps and paper show them; all else is taken as it is (R55), but for the case of a backup code.
 */
export function readFactorCode(channel: FactorChannel, typed: string): string | null {
  switch (channel) {
    case 'totp':
      return readTotpCode(typed);
    case 'backup-code':
      return readBackupCode(typed);
  }
}
