/** GSM 03.38, default alphabet and its extension table (3GPP TS 23.038, 6.2.1). A character of the extension takes two places. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';
const PLACES = new Map([
  ...Array.from(BASIC, (c) => [c, 1] as const),
  ...Array.from(EXTENSION, (c) => [c, 2] as const),
]);

/** How a text message crosses the air: 7 bits a character, or 16 where one of them is not in the 7-bit alphabet. */
export type SmsEncoding = 'gsm7' | 'ucs2';

export interface SmsSize {
  encoding: SmsEncoding;
  /** How many messages the network makes of it, and charges. */
  segments: number;
}

/** Places of one message, and of each part of a longer one, whose header takes the rest (3GPP TS 23.040, 9.2.3.24.1). */
const ROOM = { gsm7: { one: 160, each: 153 }, ucs2: { one: 70, each: 67 } } as const;

/** Whether a text arrives as it is in the 7-bit alphabet. Gateways replace what is outside of it by `?` without a word. */
export const isGsm7 = (text: string): boolean => Array.from(text).every((character) => PLACES.has(character));

/** The characters of a text that the 7-bit alphabet lacks, each once. */
export const foreignToGsm7 = (text: string): string[] => [...new Set(text)].filter((c) => !PLACES.has(c));

/** How many places of its encoding a text takes: one for each character of 7 bits, two for some of them, or one for 16 bits. */
export const smsPlaces = (text: string): number => placesIn(text, isGsm7(text) ? 'gsm7' : 'ucs2');

const placesOf = {
  gsm7: (character: string) => PLACES.get(character) ?? 1,
  ucs2: (character: string) => character.length,
};

const placesIn = (text: string, encoding: SmsEncoding): number =>
  Array.from(text).reduce((sum, character) => sum + placesOf[encoding](character), 0);

/** How many places there are in so many segments at most. */
export const smsRoom = (encoding: SmsEncoding, segments: number): number =>
  segments === 1 ? ROOM[encoding].one : segments * ROOM[encoding].each;

/** How a text is encoded and into how many messages it is cut; no character is cut in two (3GPP TS 23.038, 6.2.1.1). */
export function measureSms(text: string): SmsSize {
  const encoding = isGsm7(text) ? 'gsm7' : 'ucs2';
  return { encoding, segments: smsSegments(text).length };
}

/**
 * The parts a text is cut into, as many as it takes; one, the text itself, where it fits.
 *
 * @param encoding `ucs2` also where a gateway lacks an alphabet that the air has.
 */
export function smsSegments(text: string, encoding: SmsEncoding = isGsm7(text) ? 'gsm7' : 'ucs2'): string[] {
  const { one, each } = ROOM[encoding];
  if (placesIn(text, encoding) <= one) return [text];
  const parts: string[] = [];
  let part = '';
  let left: number = each;
  for (const character of text) {
    const places = placesOf[encoding](character);
    if (left < places) {
      parts.push(part);
      part = '';
      left = each;
    }
    part += character;
    left -= places;
  }
  return [...parts, part];
}

/** How many more places a text may take before the network makes, and charges, one more message of it. */
export function smsPlacesLeft(text: string): number {
  const { encoding, segments } = measureSms(text);
  const { one, each } = ROOM[encoding];
  return (segments === 1 ? one : each) - placesIn(smsSegments(text).at(-1) ?? '', encoding);
}
