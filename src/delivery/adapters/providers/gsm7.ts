/** GSM 03.38, default alphabet and its extension table (3GPP TS 23.038, 6.2.1). */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';
const ALPHABET = new Set(Array.from(BASIC + EXTENSION));

/** Whether a text arrives as it is in the 7-bit alphabet. Gateways replace what is outside of it by `?` without a word. */
export const isGsm7 = (text: string): boolean => Array.from(text).every((character) => ALPHABET.has(character));
