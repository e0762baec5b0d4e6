/** What is left of several rounds: the middle one, and how far the others lie from it. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @param values at least one. */
export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: quantile(sorted, 0), max: quantile(sorted, 1) };
}

/** The ratios of what was measured in the same round; a noisy minute disturbs both of its sides. */
export function ratios(of: number[], to: number[]): number[] {
  return of.map((value, round) => value / (to[round] ?? Number.NaN));
}

/** @param share 0.5 for the median, 0.99 for p99. Between two values the distance counts. */
function quantile(sorted: number[], share: number): number {
  if (sorted.length === 0) throw new Error('nothing was measured');
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const percentile = (values: number[], share: number): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    share,
  );
