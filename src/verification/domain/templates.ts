import { CHANNELS, type Channel } from '../../shared/channel.js';
import { builtInWords } from './built-in-words.js';
import { nearest, type Spoken } from './locales.js';
import { namesPayment } from './template-text.js';

/** What an e-mail says. Without `html`, that part is made of `text`. */
export interface EmailWords {
  subject: string;
  text: string;
  html?: string | undefined;
}

/** What an application's messages of one kind say, by locale (`de`, `de-AT`). What it does not say, the built-in words do. */
export interface Template {
  /** In which of its own locales it speaks to people whose language it has not. */
  locale?: string | undefined;
  /** Of how many parts its text messages may consist, with the longest values. */
  maxSegments?: number | undefined;
  sms?: Record<string, string> | undefined;
  /** Said twice. Who calls and which key to press is said in built-in words. */
  voice?: Record<string, string> | undefined;
  email?: Record<string, EmailWords> | undefined;
  /** What `{purpose}` says, by locale and then by the purpose of the start: words of the application, never the caller's. */
  purposes?: Record<string, Record<string, string>> | undefined;
}

/** By name. Without a `default` of its own, an application's messages say the built-in words. */
export type Templates = Record<string, Template>;

export const DEFAULT_TEMPLATE = 'default';

/** The template of a name; empty for a `default` that nobody wrote, null for one that there is not. */
export function templateOf(templates: Templates, name = DEFAULT_TEMPLATE): Template | null {
  if (Object.hasOwn(templates, name)) return templates[name] ?? null;
  return name === DEFAULT_TEMPLATE ? {} : null;
}

/** All texts of a template over one channel. */
export function textsOf(template: Template, channel: Channel): string[] {
  if (channel !== 'email') return Object.values(template[channel] ?? {});
  return Object.values(template.email ?? {}).flatMap(({ text, html }) => [text, ...(html === undefined ? [] : [html])]);
}

/** All texts of a template, and the subjects of its e-mails. */
export const allTextsOf = (template: Template): string[] => [
  ...CHANNELS.flatMap((channel) => textsOf(template, channel)),
  ...Object.values(template.email ?? {}).map(({ subject }) => subject),
];

/** Whether a template tells of a payment; one that does does so in all of its texts, and has one for whatever language. */
export const tellsPayment = (template: Template): boolean => allTextsOf(template).some(namesPayment);

/** Whether a template has words of its own for somebody over a channel. */
export const speaksTo = (template: Template, channel: Channel, locale: string): boolean =>
  chosen<string | EmailWords>(template[channel], locale, template.locale) !== null;

/** What a template's text message says to somebody: in the locale, its language, the template's own language, or built-in words. */
export const smsWords = (template: Template, locale: string): Spoken<string> =>
  chosen(template.sms, locale, template.locale) ?? builtIn(locale, 'sms');

/** What a call says; null where that is left to the built-in words. */
export const voiceWords = (template: Template, locale: string): Spoken<string> | null =>
  chosen(template.voice, locale, template.locale);

/** What a template's e-mail says to somebody; as for {@link smsWords}. */
export const emailWords = (template: Template, locale: string): Spoken<EmailWords> =>
  chosen(template.email, locale, template.locale) ?? builtIn(locale, 'email');

function builtIn<Kind extends 'sms' | 'email'>(locale: string, kind: Kind) {
  const { words, locale: of } = builtInWords(locale);
  return { words: words[kind], locale: of };
}

/** The words nearest to a locale, else those in the template's own. */
const chosen = <Words>(
  all: Record<string, Words> = {},
  locale: string,
  otherwise: string | undefined,
): Spoken<Words> | null => nearest(all, locale) ?? (otherwise === undefined ? null : nearest(all, otherwise));
