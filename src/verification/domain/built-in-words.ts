import { nearest, type Spoken } from './locales.js';
import { ARABIC } from './words/ar.js';
import { BRAZILIAN } from './words/pt-br.js';
import { CHINESE } from './words/zh.js';
import { DUTCH } from './words/nl.js';
import { ENGLISH } from './words/en.js';
import { FRENCH } from './words/fr.js';
import { GERMAN } from './words/de.js';
import { ITALIAN } from './words/it.js';
import { POLISH } from './words/pl.js';
import { PORTUGUESE } from './words/pt.js';
import { SPANISH } from './words/es.js';
import { TRADITIONAL_CHINESE } from './words/zh-tw.js';
import { TURKISH } from './words/tr.js';
import type { Words } from './words/words.js';

/** What messages say where an application says nothing of its own: by language, and by locale where a country writes otherwise. */
export const BUILT_IN: Record<string, Words> = {
  ar: ARABIC,
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  it: ITALIAN,
  nl: DUTCH,
  pl: POLISH,
  pt: PORTUGUESE,
  'pt-BR': BRAZILIAN,
  tr: TURKISH,
  zh: CHINESE,
  'zh-TW': TRADITIONAL_CHINESE,
};

/** The words nearest to a locale; English, and told to be English, where its language has none. */
export const builtInWords = (locale: string): Spoken<Words> =>
  nearest(BUILT_IN, locale) ?? { words: ENGLISH, locale: 'en' };
