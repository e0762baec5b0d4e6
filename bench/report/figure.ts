import type { Spread } from '../measure/statistics.js';

/** One line of the table. */
export interface Figure {
  /** The target's number: P1 … P9. */
  row: string;
  what: string;
  value: Spread;
  unit: string;
  /** What must be reached; absent for what only explains another line. */
  target?: { atLeast: number } | { atMost: number };
  note?: string;
}

/** @returns null where there is no target. */
export function isReached({ value, target }: Figure): boolean | null {
  if (!target) return null;
  return 'atLeast' in target ? value.median >= target.atLeast : value.median <= target.atMost;
}
