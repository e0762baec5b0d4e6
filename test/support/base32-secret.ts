import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Of an authenticator: 20 bytes, which are 32 letters without a remainder. */
export const newSecret = (): string => Array.from(randomBytes(32), (byte) => ALPHABET.charAt(byte % 32)).join('');

/** What letters without padding stand for (RFC 4648, section 6). */
export function bytesOf(letters: string): Buffer {
  const bits = Array.from(letters, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
