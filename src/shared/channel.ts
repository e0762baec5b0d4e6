/** How a code can reach a person, in the default order of preference. */
export const CHANNELS = ['sms', 'voice', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];
