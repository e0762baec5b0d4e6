/** Millionths of one unit of the currency. Integers, so that sums of prices are exact; up to 9·10⁹ units fit. */
export type Micros = number;

const DECIMALS = 6;
const AMOUNT = /^(?<units>0|[1-9]\d{0,8})(?:\.(?<fraction>\d{1,6}))?$/;

/**
 * Reads an amount written as a decimal number, `0.075`. Exactly: no floating point is on the way.
 *
 * @returns null for anything else: a sign, a comma, an exponent, more than nine digits before the point or six behind it.
 */
export function microsOf(text: string): Micros | null {
  const { units, fraction = '' } = AMOUNT.exec(text)?.groups ?? {};
  return units === undefined ? null : Number(units + fraction.padEnd(DECIMALS, '0'));
}

/** Writes an amount with at least two decimals: `0.075`, `50.00`. */
export function amountText(micros: Micros): string {
  const digits = String(micros).padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -DECIMALS)}.${fraction}`;
}
