/** For error messages of everything that takes one. */
export const SENDER_ID_RULE =
  'must be a number of 3 to 15 digits (with + in place of 00), or 1 to 11 letters, digits and spaces with at least one letter';

/**
 * What a phone can show as the sender of a text message: a number (a short code, or E.164 with or without `+`), or a name in at
 * most 11 characters of the 7-bit alphabet (3GPP TS 23.040, 9.1.2.5). Longer ones are cut or refused by networks, not by gateways.
 * No number begins with 00: that is how some countries dial abroad, and a network would take it for a part of the number.
 */
export const isSenderId = (text: string): boolean =>
  /^(?!\+?00)\+?\d{3,15}$/.test(text) || (/^(?! )[A-Za-z0-9 ]{1,11}(?<! )$/.test(text) && /[A-Za-z]/.test(text));
