import smpp from 'smpp';
import { isGsm7, type SmsEncoding } from '../../../domain/sms-text.js';
import { inUcs2 } from '../options/ucs2.js';
import type { SmppConfig } from './smpp-options.js';

/** `data_coding` (SMPP 3.4, 5.2.19): the SMSC's default alphabet, and UCS-2. */
const DEFAULT = 0x00;
const UCS2 = 0x08;

export interface Alphabet {
  /** What it makes of a text on the air. */
  encoding: SmsEncoding;
  dataCoding: number;
  encode: (text: string) => Buffer;
}

const ucs2: Alphabet = { encoding: 'ucs2', dataCoding: UCS2, encode: inUcs2 };

/**
 * The alphabet a text goes out in, the whole of it in the same: the default one where both the air and the SMSC have all of its
 * characters, UCS-2 otherwise. Seven-bit characters take an octet each on the wire, unpacked.
 */
export function alphabetFor(text: string, defaultAlphabet: SmppConfig['defaultAlphabet']): Alphabet {
  const { has, encode } = DEFAULTS[defaultAlphabet];
  return isGsm7(text) && has(text) ? { encoding: 'gsm7', dataCoding: DEFAULT, encode } : ucs2;
}

const DEFAULTS = {
  gsm7: { has: () => true, encode: (text: string) => smpp.encodings.ASCII.encode(text) },
  latin1: { has: (text: string) => /^[\0-\xff]*$/.test(text), encode: (text: string) => Buffer.from(text, 'latin1') },
  ascii: { has: (text: string) => /^[\0-\x7f]*$/.test(text), encode: (text: string) => Buffer.from(text, 'latin1') },
} satisfies Record<SmppConfig['defaultAlphabet'], { has: (text: string) => boolean; encode: Alphabet['encode'] }>;
