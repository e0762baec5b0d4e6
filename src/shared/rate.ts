/** At most `max` within any `windowSeconds`. */
export interface Rate {
  max: number;
  windowSeconds: number;
}

const UNITS: [name: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

/**
 * Reads a rate as people write it: `5/1h` is five within any hour. Seconds, minutes, hours and days are `s`, `m`, `h` and `d`.
 * Whether it is a sensible one is for `problemsOf` to say.
 *
 * @returns null when it is not written like that.
 */
export function parseRate(text: string): Rate | null {
  const [, max, count, name] = /^(\d{1,9})\/(\d{1,9})([smhd])$/.exec(text) ?? [];
  const [, seconds = NaN] = UNITS.find(([unit]) => unit === name) ?? [];
  return Number.isNaN(seconds) ? null : { max: Number(max), windowSeconds: Number(count) * seconds };
}

/** Writes a rate in the largest unit that divides its window: 3,600 s are `1h`, 5,400 s are `90m`. */
export function rateText({ max, windowSeconds }: Rate): string {
  const [name, seconds] = UNITS.find(([, unit]) => windowSeconds % unit === 0) ?? ['s', 1];
  return `${String(max)}/${String(windowSeconds / seconds)}${name}`;
}

/**
 * Whether whatever keeps to `rate` keeps to `other` as well, in every window of any position. The most that `rate` lets into
 * the other's window are its maximum at the beginning, and again each time its own window has passed.
 */
export const admitsNoMore = (rate: Rate, other: Rate): boolean =>
  rate.max * Math.ceil(other.windowSeconds / rate.windowSeconds) <= other.max;
