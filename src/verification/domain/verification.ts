export const VERIFICATION_STATUSES = ['pending', 'approved', 'failed', 'expired', 'canceled'] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];
export type EndStatus = Exclude<VerificationStatus, 'pending'>;

/** What a payment confirmation is bound to (PSD2 dynamic linking); compared as given, character by character. */
export interface Binding {
  amount: string;
  payee: string;
}

/** What a phone makes a link of: a letter right behind a dot, as in `shop.example`, or the beginning of an address. */
const LINK = /[\p{L}\p{N}][.\u3002\uFF0E\uFF61]\p{L}|:\/\//u;

const looksLikeLink = (text: string): boolean => LINK.test(text);

/** The full stop of Chinese and Japanese, behind which no space is written. Address bars take it for a dot, message programs do not. */
const ENDS_SENTENCE = /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])\u3002|\u3002(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])/gu;

/** The same for the words of an application, which may be more than one sentence. A payee, whoever names it, is none. */
export const wordsLookLikeLink = (words: string): boolean => looksLikeLink(words.replace(ENDS_SENTENCE, ' '));

/** Which part of a payment would be read as a link in a message; null when none. */
export const linkIn = (binding: Binding): keyof Binding | null =>
  (['amount', 'payee'] as const).find((name) => looksLikeLink(binding[name])) ?? null;

/** What a verification was started for. A check must name the same. */
export interface Context {
  subject?: string | undefined;
  purpose?: string | undefined;
  binding?: Binding | undefined;
}

/** One text per context, unambiguous: what is fingerprinted and compared. */
export function contextText({ subject, purpose, binding }: Context): string {
  return JSON.stringify([subject ?? null, purpose ?? null, binding ? [binding.amount, binding.payee] : null]);
}

/** Seconds until a person may ask for another send, after `sends` sends: 30, 60, 120, then 240. */
export function cooldownSeconds(sends: number): number {
  return Math.min(30 * 2 ** (sends - 1), 240);
}
