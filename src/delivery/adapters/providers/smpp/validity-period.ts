import type { SmppConfig } from './smpp-options.js';

const DAY_SECONDS = 86_400;

/**
 * `validity_period` (SMPP 3.4, 7.1.1): `YYMMDDhhmmsstnnp`, from now (`R`) or as a moment in UTC (`+`).
 *
 * @param seconds less than a day, as the life of every code is.
 * @param now milliseconds since the epoch.
 */
export function validityPeriod(seconds: number, style: SmppConfig['validity'], now: number): string {
  switch (style) {
    case 'none':
      return '';
    case 'relative':
      return `000000${digits(Math.min(Math.ceil(seconds), DAY_SECONDS - 1) * 1_000).slice(6)}000R`;
    case 'absolute':
      return `${digits(now + Math.ceil(seconds) * 1_000)}000+`;
  }
}

/** `YYMMDDhhmmss`. */
const digits = (at: number) => new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
