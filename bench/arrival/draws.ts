import type { Seeded } from '../../chaos/seeded.js';

export const between = (seeded: Seeded, low: number, high: number): number => low + (high - low) * seeded.next();

/** As waiting times are: most are short, a few are long. Half lie below `median`, 19 of 20 below `p95`. */
export function wait(seeded: Seeded, median: number, p95: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - seeded.next())) * Math.cos(2 * Math.PI * seeded.next());
  return median * Math.exp((Math.log(p95 / median) / 1.645) * normal);
}

/** One of the names, each as often as its share says. What the shares lack to 1 goes to `otherwise`. */
export function oneOf<Name extends string>(
  seeded: Seeded,
  shares: Partial<Record<Name, number>>,
  otherwise: Name,
): Name {
  let rest = seeded.next();
  for (const [name, share] of Object.entries(shares) as [Name, number][]) {
    if (rest < share) return name;
    rest -= share;
  }
  return otherwise;
}
