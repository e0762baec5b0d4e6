import type { Verification } from 'einmal/client';

type Channel = Verification['channels'][number];

/** How somebody has a code: it was sent, an authenticator app shows it, or it stands on paper. */
export type Way = 'message' | 'totp' | 'backup-code';

/** How a code is sent. */
export type SentChannel = Exclude<Channel, Way>;

/** What needs no message. */
export const FACTOR_CHANNELS = ['totp', 'backup-code'] as const;

/** What is first is asked for first; the service leaves out what somebody has not. An app costs nothing and is there at once. */
export const CHANNELS = ['totp', 'sms', 'voice', 'email', 'backup-code'] as const;

export const isSent = (channel: Channel): channel is SentChannel => channel !== 'totp' && channel !== 'backup-code';

const wayOf = (channel: Channel): Way => (isSent(channel) ? 'message' : channel);

/** The ways of a verification, the first one first. */
export function waysOf({ channels }: Pick<Verification, 'channels'>): Way[] {
  return [...new Set(channels.map(wayOf))];
}
