/** How long until a link that is down is tried again. */
export interface Backoff {
  firstMs: number;
  mostMs: number;
}

/** The SMSC is away, or its link broke. */
export const AWAY: Backoff = { firstMs: 250, mostMs: 30_000 };

/** It answered and does not want us: what does not get better by asking, and an account may be locked for asking often. */
export const REFUSED: Backoff = { firstMs: 10_000, mostMs: 300_000 };

/**
 * Doubles with each failure and never more than `mostMs`; between half of it and all, so that those who lost their links
 * together do not come back together.
 *
 * @param failures in a row so far, at least 1.
 */
export function pauseMs({ firstMs, mostMs }: Backoff, failures: number, random = Math.random): number {
  const longest = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(longest * (0.5 + random() / 2));
}
