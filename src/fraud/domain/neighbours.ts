/** How far to both sides a number's neighbours reach. */
const REACH = 5;

/** The numbers around one, the number itself not among them. */
export function neighboursOf(number: string): string[] {
  const digits = BigInt(number.slice(1));
  const steps = Array.from({ length: REACH }, (_, i) => BigInt(i + 1));
  return steps.flatMap((step) => [`+${String(digits - step)}`, `+${String(digits + step)}`]);
}
