/** The last digits of a number, of which a block has ten thousand: ranges are rented by such blocks (R46). */
const BLOCK_DIGITS = 4;

/** How far to both sides a number's neighbours reach. */
const REACH = 5;

/** The block of ten thousand that a number is in: its E.164 without the last four digits. It names no person. */
export const blockOf = (number: string): string => number.slice(0, -BLOCK_DIGITS);

/** The numbers around one, the number itself not among them. */
export function neighboursOf(number: string): string[] {
  const digits = BigInt(number.slice(1));
  const steps = Array.from({ length: REACH }, (_, i) => BigInt(i + 1));
  return steps.flatMap((step) => [`+${String(digits - step)}`, `+${String(digits + step)}`]);
}
