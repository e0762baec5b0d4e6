/** Words, and the language that they are in. */
export interface Spoken<Words> {
  words: Words;
  locale: string;
}

/** Locales whose country reads another script than its language alone would say (CLDR, likely subtags and parent locales). */
const READS_LIKE: Record<string, readonly string[]> = { 'zh-HK': ['zh-TW'], 'zh-MO': ['zh-HK', 'zh-TW'] };

/** Whose words speak to a locale, nearest first: `de-AT`, then `de`; `zh-HK`, then `zh-TW`, both in traditional characters, then `zh`. */
const relatives = (locale: string): string[] => [locale, ...(READS_LIKE[locale] ?? []), languageOf(locale)];

/** @param locale a language, and a country or none, as in `de` and `de-AT` */
export const languageOf = (locale: string): string => locale.split('-')[0] ?? locale;

/**
 * The words of several locales that speak to one of them; null where none do. They are told to be in the locale that was asked for:
 * words of a language speak to all of its countries, and a voice of the country reads them best.
 */
export function nearest<Words>(all: Readonly<Record<string, Words>>, locale: string): Spoken<Words> | null {
  const from = relatives(locale).find((known) => Object.hasOwn(all, known));
  const words = from === undefined ? undefined : all[from];
  return words === undefined ? null : { words, locale };
}

/** Languages that are written from right to left (Unicode, Bidi_Class R and AL of their usual script). */
const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** How a language is written, as HTML's `dir` says it. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr');
