import type { Voices } from '../calls/voice-for.js';

interface Voice {
  language: string;
  style: number;
}

/** https://developer.vonage.com/en/voice/voice-api/concepts/text-to-speech#supported-languages; every language has a style 0. */
export const VONAGE_VOICES: Voices<Voice> = {
  en: { language: 'en-US', style: 0 },
  'en-GB': { language: 'en-GB', style: 0 },
  'en-AU': { language: 'en-AU', style: 0 },
  de: { language: 'de-DE', style: 0 },
  es: { language: 'es-ES', style: 0 },
  'es-MX': { language: 'es-MX', style: 0 },
  fr: { language: 'fr-FR', style: 0 },
  'fr-CA': { language: 'fr-CA', style: 0 },
  it: { language: 'it-IT', style: 0 },
  nl: { language: 'nl-NL', style: 0 },
  pl: { language: 'pl-PL', style: 0 },
  tr: { language: 'tr-TR', style: 0 },
  cs: { language: 'cs-CZ', style: 0 },
  da: { language: 'da-DK', style: 0 },
  el: { language: 'el-GR', style: 0 },
  fi: { language: 'fi-FI', style: 0 },
  hu: { language: 'hu-HU', style: 0 },
  nb: { language: 'nb-NO', style: 0 },
  pt: { language: 'pt-PT', style: 0 },
  'pt-BR': { language: 'pt-BR', style: 0 },
  ro: { language: 'ro-RO', style: 0 },
  ru: { language: 'ru-RU', style: 0 },
  sk: { language: 'sk-SK', style: 0 },
  sv: { language: 'sv-SE', style: 0 },
  uk: { language: 'uk-UA', style: 0 },
  vi: { language: 'vi-VN', style: 0 },
  ja: { language: 'ja-JP', style: 0 },
  ko: { language: 'ko-KR', style: 0 },
  hi: { language: 'hi-IN', style: 0 },
  id: { language: 'id-ID', style: 0 },
  th: { language: 'th-TH', style: 0 },
  he: { language: 'he-IL', style: 0 },
  zh: { language: 'cmn-CN', style: 0 },
  'zh-TW': { language: 'cmn-TW', style: 0 },
  'zh-HK': { language: 'yue-CN', style: 0 },
  'zh-MO': { language: 'yue-CN', style: 0 },
  ar: { language: 'ar', style: 0 },
};
