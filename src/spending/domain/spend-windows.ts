/** The windows in which an application's money is bounded, by the name of their cap. They slide. */
export const SPEND_WINDOWS = {
  'spend-day': { window: 'day', seconds: 24 * 60 * 60 },
  'spend-hour': { window: 'hour', seconds: 60 * 60 },
} as const;

export type SpendCapName = keyof typeof SPEND_WINDOWS;
export type SpendWindow = (typeof SPEND_WINDOWS)[SpendCapName]['window'];

export const isSpendCap = (name: string): name is SpendCapName => name in SPEND_WINDOWS;
