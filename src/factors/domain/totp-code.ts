/** With whatever groups; bounded, so that a long one is looked at once. */
export const TYPED_TOTP = /^(?:[ -]*[0-9]){6,8}[ -]*$/;

/** A code of an authenticator as it was typed, `123 456` as apps show it, in digits alone; null when it can be none. */
export const readTotpCode = (typed: string): string | null =>
  TYPED_TOTP.test(typed) ? typed.replace(/[ -]/g, '') : null;
