/** RFC 4648 section 6. */
export const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/**
 * Reads base32 (RFC 4648 section 6) as authenticator apps do: in any case, with spaces and hyphens between groups, padded or
 * not. Bits of the last character that make no whole byte are dropped even where they are set: secrets of 26 random characters
 * have such bits (pyotp#115), and the apps that hold them do the same.
 *
 * @returns null when there is something else in it
 */
export function readBase32(text: string): Buffer | null {
  const characters = text.replace(/[\s-]/g, '').replace(/=+$/, '');
  // Looked at before they are made capitals: the capital of the long s, which is no letter here, is S.
  if (!/^[A-Za-z2-7]*$/.test(characters)) return null;
  const values = Array.from(characters.toUpperCase(), (character) => BASE32.indexOf(character));
  const bits = values.map((value) => value.toString(2).padStart(BITS, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
