import { readFactorCode } from '../../../factors/application/read-factor-code.js';
import { isSent, type FactorChannel } from '../../../shared/channel.js';
import { otherChannel } from '../../domain/refusals.js';
import type { GuessedAt } from '../counted-as.js';
import type { HotState } from '../hot-state.js';
import type { CheckRequest } from './check-request.js';

/** Which of the subject's factors a guess is at. */
export interface GuessedFactor {
  subject: string;
  channel: FactorChannel;
  /** This one alone; absent: any of the channel. */
  factorId?: string | undefined;
}

/**
 * The factor that a guess is at, or null where it is at codes that were sent. Asked only of a check that named what the start
 * did: so its subject is the verification's.
 *
 * @throws 422 `no-channel` where the verification takes no such code; nothing is spent
 */
export function guessedFactor({ channel, subject, factorId }: CheckRequest, state: HotState): GuessedFactor | null {
  const { factorChannels, countedAs } = state;
  if (channel === undefined || isSent(channel)) {
    if (countedAs !== '' || factorChannels.length === 0) return null;
    throw otherChannel(`This verification sends no code. Name "channel": ${factorChannels.join(' or ')}.`);
  }
  if (subject !== undefined && factorChannels.includes(channel)) return { subject, channel, factorId };
  throw otherChannel(`This verification does not take a code of ${channel}.`);
}

/** What a guess is at, as limits count it. */
export const guessedAt = (factor: GuessedFactor | null, { countedAs }: HotState): GuessedAt =>
  factor ? { factor } : { recipient: countedAs };

/**
 * What a guess is hashed as. The same characters are another guess where they are another channel's, and the same one where they
 * are only spelled otherwise.
 */
export const guessText = (code: string, factor: GuessedFactor | null): string =>
  factor ? `${factor.channel} ${readFactorCode(factor.channel, code) ?? code}` : code;
