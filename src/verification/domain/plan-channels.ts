import { FACTOR_CHANNELS, isFactor, isSent, type CodeChannel, type FactorChannel } from '../../shared/channel.js';

/** What of a subject's factor decides whether a code of it may be asked for. */
export interface UsableFactor {
  channel: FactorChannel;
  /** Null for an authenticator. */
  codesLeft: number | null;
}

/**
 * The channels that a start may use, in order of preference: as it names them, else the plan and then every other factor that the
 * person has. A factor's is left out where the person has none; where its backup codes are used up; and where a payment is
 * confirmed, because its code is not made for one (PSD2 dynamic linking, RTS Article 5).
 */
export function planChannels(
  asked: { channels?: readonly CodeChannel[] | undefined; binding?: unknown },
  plan: readonly CodeChannel[],
  factors: readonly UsableFactor[],
): CodeChannel[] {
  const has = (channel: FactorChannel) =>
    factors.some((factor) => factor.channel === channel && factor.codesLeft !== 0);
  const usable = asked.binding === undefined ? FACTOR_CHANNELS.filter(has) : [];
  const wanted = asked.channels ?? [...new Set<CodeChannel>([...plan, ...usable])];
  return wanted.filter((channel) => !isFactor(channel) || usable.includes(channel));
}

/** Whether a start sends a message at once: where the first channel is a factor's, the person has a code already. */
export const sendsFirst = ([first]: readonly CodeChannel[]): boolean => first !== undefined && isSent(first);
