/** Shares of a cap that its application is told about, in percent (R48). */
export const ALERT_PERCENTS = [50, 80, 100] as const;
export type AlertPercent = (typeof ALERT_PERCENTS)[number];

/** How much of a cap is used, in millionths. */
export interface SpendLevel {
  used: number;
  max: number;
}

/**
 * The shares that one send has just reached: those it is the first to stand at. Sends are counted one after the other, so that
 * of all nodes exactly one sees each.
 *
 * @param level with the send in it.
 * @param micros what the send cost.
 */
export const reachedBy = ({ used, max }: SpendLevel, micros: number): AlertPercent[] =>
  ALERT_PERCENTS.filter((percent) => (used - micros) * 100 < percent * max && used * 100 >= percent * max);
