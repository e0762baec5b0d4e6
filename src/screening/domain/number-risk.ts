import type { Channel } from '../../shared/channel.js';
import { numberTypeOf, type NumberType } from '../../shared/number-type.js';
import type { PhoneRecipient } from '../../shared/phone-number.js';
import { COSTLY_RANGES, type CostlyRange } from './costly-ranges.js';

/** Numbers nobody reads a code on, and which cost whoever calls them more than others (R45, ASVS 2.4.1). */
const REFUSED: ReadonlySet<NumberType> = new Set([
  'premium-rate',
  'shared-cost',
  'toll-free',
  'pager',
  'voicemail',
  'uan',
] as const);

/**
 * Refused for calls only. Personal numbers: Ofcom found fraud in at least a fifth of all calls to Britain's (070). Unallocated
 * ones: over a fifth of the numbers advertised for revenue share fraud are in ranges nobody was given (Biaas). Messages still go
 * there, because a country may have a new mobile range before we know it.
 */
const REFUSED_FOR_VOICE: ReadonlySet<NumberType> = new Set(['personal', 'unallocated'] as const);

/** Reading a number takes longer than all else here, and a start asks once for each channel. It is known as long as its start. */
const types = new WeakMap<PhoneRecipient, NumberType>();

const RANGES = new Map(COSTLY_RANGES.map((range) => [range.prefix, range]));
const LONGEST = Math.max(...COSTLY_RANGES.map(({ prefix }) => prefix.length));

/**
 * Why a number is none to send a code to over this channel.
 *
 * @returns the kind of number (`premium-rate`, `satellite`), or null when nothing speaks against it.
 */
export function numberRisk(phone: PhoneRecipient, channel: Channel): string | null {
  const { value, country } = phone;
  const range = rangeOf(value);
  if (range) return range.type;
  const type = typeOf(phone);
  if (REFUSED.has(type)) return type;
  if (country === 'ZZ') return 'no-country';
  return channel === 'voice' && REFUSED_FOR_VOICE.has(type) ? type : null;
}

function typeOf(phone: PhoneRecipient): NumberType {
  const known = types.get(phone);
  if (known) return known;
  const type = numberTypeOf(phone.value);
  types.set(phone, type);
  return type;
}

function rangeOf(number: string): CostlyRange | undefined {
  for (let length = LONGEST; length > 0; length -= 1) {
    const range = RANGES.get(number.slice(1, 1 + length));
    if (range) return range;
  }
  return undefined;
}
