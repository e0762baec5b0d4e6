import { parsePhoneNumberWithError, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';

export interface PhoneRecipient {
  kind: 'phone';
  /** E.164: `+` and 7 to 15 digits. The only spelling that is stored, limited, compared and sent to. */
  value: string;
  /** ISO 3166-1 alpha-2 of the number's country, or `ZZ` where the number belongs to none (satellite, toll-free). */
  country: string;
}

/** The last digits of a number, of which a block has ten thousand: ranges are rented by such blocks (R46). */
const BLOCK_DIGITS = 4;

const LONGEST_SPELLING = 40;
const EXTENSION = /(?:;?\s{0,3}ext[.=]?|\s{0,3}x)\s{0,3}\d{1,7}$/i;
const HAS_LETTERS_OR_CONTROLS = /[\p{L}\p{Cc}]/u;

/**
 * Reads any usual spelling of a phone number into E.164: `+49…`, `0049…`, spaces, dashes, brackets, `tel:`, full-width and
 * Arabic digits, extensions (dropped: a text message has none). National spellings need `defaultCountry`.
 *
 * A number is accepted when its length is possible for its country: libphonenumber's own advice for anything that is
 * stored, because numbering plans change faster than metadata.
 *
 * @returns the recipient, or null when the text is not one phone number.
 */
export function parsePhone(text: string, defaultCountry?: string): PhoneRecipient | null {
  if (text.length > LONGEST_SPELLING) return null;
  const spelling = text.normalize('NFKC').trim().replace(/^tel:/i, '');
  if (HAS_LETTERS_OR_CONTROLS.test(spelling.replace(EXTENSION, ''))) return null;
  const country = defaultCountry as CountryCode | undefined;
  const number = readForgottenPlus(spelling, country) ?? read(spelling, country);
  // Zeros doubled between country code and number would make another name for the same phone.
  if (number?.nationalNumber.startsWith('0') && !number.isValid()) return null;
  return number?.isPossible() ? { kind: 'phone', value: number.number, country: number.country ?? 'ZZ' } : null;
}

function read(spelling: string, country?: CountryCode): PhoneNumber | null {
  const international = spelling.replace(/^[\s(]*(?:\+|00)[\s(]*(\p{Nd}+)\)?/u, '+$1');
  try {
    return parsePhoneNumberWithError(international, { ...(country && { defaultCountry: country }), extract: false });
  } catch {
    return null;
  }
}

/**
 * `49 151 …` or `049 151 …` in an application whose country is +49: a country code without its plus. Only taken so when
 * that makes it a mobile number; without a default country it is never guessed, since `0151…` would become American.
 */
function readForgottenPlus(spelling: string, country?: CountryCode): PhoneNumber | null {
  if (!country || !/^\p{Nd}/u.test(spelling)) return null;
  const number = read(spelling.replace(/^[0\u0660]?/u, '+'));
  return number?.country === country && number.getType() === 'MOBILE' ? number : null;
}

/** The block of ten thousand that a number is in: its E.164 without the last four digits. It names no person. */
export const blockOf = (number: string): string => number.slice(0, -BLOCK_DIGITS);
