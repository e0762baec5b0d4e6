import type { Verdict, Violation } from '../verdict.js';

/** What the figure says where the run gave a checker nothing to judge. It is never taken for "holds". */
export const NOT_EXERCISED = 'not exercised';

interface Findings {
  /** Whether the run did what could have broken the invariant. */
  exercised: boolean;
  figure: string;
  violations: Violation[];
}

/** A checker's verdict. A violation counts however little was exercised; without one, only what was exercised has a figure. */
export function verdictOf(invariant: string, title: string, { exercised, figure, violations }: Findings): Verdict {
  const spoken = exercised || violations.length > 0;
  return { invariant, title, figure: spoken ? figure : NOT_EXERCISED, violations };
}

/** `q` between 0 and 1; 0 of nothing. */
export function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
