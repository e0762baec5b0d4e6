import type { Channel } from '../../shared/channel.js';
import { bodyOfText, emailHtml } from './email-html.js';
import { sayCode, sayTwice, type SpokenText } from './spoken-text.js';
import { purposeWords } from './purposes.js';
import { fill, type Values } from './template-text.js';
import { emailWords, smsWords, voiceWords, type Template } from './templates.js';
import type { Binding } from './verification.js';

/** What a verification's messages say besides their code, and to whom. */
export interface Wording {
  locale: string;
  /** Name of one of the application's templates. */
  template?: string | undefined;
  /** What the start is for; a template says it in words of its own. */
  purpose?: string | undefined;
  binding?: Binding | undefined;
  /** Domain for the origin-bound last line `@domain #code` that browsers fill in from (WICG sms-one-time-codes). */
  webOtpOrigin?: string | undefined;
  /** Android SMS Retriever: the app's 11-character hash stands on a line of its own. */
  androidAppHash?: string | undefined;
}

/** What is kept of it with the recipient; the rest stands in the record, which is read without a key. */
export type SealedWording = Omit<Wording, 'locale' | 'purpose'>;

/** The whole of it. */
export const wordingOf = (
  { template, binding, webOtpOrigin, androidAppHash }: SealedWording,
  { locale, purpose }: { locale: string; purpose: string | null },
): Wording => ({ locale, template, purpose: purpose ?? undefined, binding, webOtpOrigin, androidAppHash });

export interface MessageParts extends Omit<Wording, 'template'> {
  code: string;
  sender: string;
  /** The application's own name, whatever its messages call it. */
  application: string;
  validForSeconds: number;
}

/** A message in words, and the language that they are in. */
export interface MessageText {
  text: string;
  locale: string;
  subject?: string;
  html?: string;
  speech?: SpokenText['speech'];
}

/** The message of a channel in the recipient's language, as far as the template or the built-in words speak it. */
export function messageText(channel: Channel, parts: MessageParts, template: Template = {}): MessageText {
  switch (channel) {
    case 'sms':
      return smsText(parts, template);
    case 'voice':
      return sayCall(parts, template);
    case 'email':
      return email(parts, template);
  }
}

function smsText(parts: MessageParts, template: Template): MessageText {
  const { words, locale } = smsWords(template, parts.locale);
  const lines = [fill(words, valuesOf(parts, template, locale))];
  if (parts.androidAppHash) lines.push('', parts.androidAppHash);
  if (parts.webOtpOrigin) lines.push('', `@${parts.webOtpOrigin} #${parts.code}`);
  return { text: lines.join('\n'), locale };
}

/** What a call says once somebody listens. */
export function sayCall(parts: MessageParts, template: Template): SpokenText {
  const own = voiceWords(template, parts.locale);
  return own ? sayTwice(own.words, valuesOf(parts, template, own.locale), own.locale) : sayCode(parts);
}

function email(parts: MessageParts, template: Template): MessageText {
  const { words, locale } = emailWords(template, parts.locale);
  const values = valuesOf(parts, template, locale);
  const subject = fill(words.subject, values);
  const html = emailHtml(words.html ?? bodyOfText(words.text), values, { subject, locale });
  return { text: fill(words.text, values), subject, html, locale };
}

/** The minutes are those that are left, a begun one included: less than a minute too many, and never none. */
function valuesOf(parts: MessageParts, template: Template, locale: string): Values {
  const { code, sender, application, validForSeconds, binding } = parts;
  const purpose = purposeWords(template, locale, parts.purpose);
  return {
    ...{ code, sender, application, minutes: String(Math.max(1, Math.ceil(validForSeconds / 60))) },
    ...(purpose !== undefined && { purpose }),
    ...(binding && { amount: plain(binding.amount), payee: plain(binding.payee) }),
  };
}

/** What turns the direction of reading and can not be seen (Unicode, Bidi_Control): with one inside, 10.00 is shown as 1000. */
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * A payment as it is told. Amounts are usually written with spaces that do not break, which the 7-bit alphabet lacks; and marks that
 * turn the direction of reading would show another amount or payee than is confirmed.
 */
const plain = (text: string) => text.replace(TURNS, '').replace(/\p{Z}/gu, ' ');
