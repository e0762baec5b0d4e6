/** How a code can be sent to a person, in the default order of preference. */
export const CHANNELS = ['sms', 'voice', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a person has a code without being sent one: an authenticator (RFC 6238), or a list that was written down. */
export const FACTOR_CHANNELS = ['totp', 'backup-code'] as const;
export type FactorChannel = (typeof FACTOR_CHANNELS)[number];

/** Every channel that the code of a verification can come by. */
export const CODE_CHANNELS = [...CHANNELS, ...FACTOR_CHANNELS] as const;
export type CodeChannel = (typeof CODE_CHANNELS)[number];

/** Whether a code of this channel is sent, and so needs an address, a provider and a delivery. */
export const isSent = (channel: CodeChannel): channel is Channel => (CHANNELS as readonly string[]).includes(channel);

/** Whether a code of this channel comes from a factor that the subject has enrolled. */
export const isFactor = (channel: CodeChannel): channel is FactorChannel => !isSent(channel);
