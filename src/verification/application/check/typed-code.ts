import { readFactorCode } from '../../../factors/application/read-factor-code.js';
import { isFactor, type CodeChannel } from '../../../shared/channel.js';

/** Exactly ASCII digits: `"000000"` is a code, the number 0 is not, and nothing is trimmed (R2, R55). */
const SENT = /^[0-9]{6,10}$/;

const OF_FACTOR = { totp: 'must be 6 to 8 digits', 'backup-code': 'must be 13 letters and digits from 2 to 7' };

/** Why this can be no code of the channel, to follow the words "code:"; null where it can be one. */
export function codeProblem(code: string, channel?: CodeChannel): string | null {
  if (channel !== undefined && isFactor(channel))
    return readFactorCode(channel, code) === null ? OF_FACTOR[channel] : null;
  if (SENT.test(code)) return null;
  const isBackupCode = channel === undefined && readFactorCode('backup-code', code) !== null;
  return isBackupCode ? 'is a backup code: send "channel": "backup-code"' : 'must be 6 to 10 digits';
}
