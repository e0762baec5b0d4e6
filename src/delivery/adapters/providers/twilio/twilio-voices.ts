import type { Voices } from '../calls/voice-for.js';

interface Voice {
  language: string;
  voice: string;
}

const polly = (language: string, name: string): Voice => ({ language, voice: `Polly.${name}` });
const google = (language: string): Voice => ({ language, voice: `Google.${language}-Standard-A` });

/** https://www.twilio.com/docs/voice/twiml/say/text-speech: voices that know SSML's pauses. */
export const TWILIO_VOICES: Voices<Voice> = {
  en: polly('en-US', 'Joanna'),
  'en-GB': polly('en-GB', 'Amy'),
  'en-AU': polly('en-AU', 'Nicole'),
  de: polly('de-DE', 'Vicki'),
  es: polly('es-ES', 'Lucia'),
  'es-MX': polly('es-MX', 'Mia'),
  fr: polly('fr-FR', 'Lea'),
  'fr-CA': polly('fr-CA', 'Chantal'),
  it: polly('it-IT', 'Bianca'),
  nl: polly('nl-NL', 'Lotte'),
  pl: polly('pl-PL', 'Ewa'),
  tr: polly('tr-TR', 'Filiz'),
  cs: google('cs-CZ'),
  da: google('da-DK'),
  el: google('el-GR'),
  fi: google('fi-FI'),
  hu: google('hu-HU'),
  nb: google('nb-NO'),
  pt: google('pt-PT'),
  'pt-BR': google('pt-BR'),
  ro: google('ro-RO'),
  ru: google('ru-RU'),
  sk: google('sk-SK'),
  sv: google('sv-SE'),
  uk: google('uk-UA'),
  vi: google('vi-VN'),
  ja: google('ja-JP'),
  ko: google('ko-KR'),
  hi: google('hi-IN'),
  id: google('id-ID'),
  th: google('th-TH'),
  he: google('he-IL'),
  bg: google('bg-BG'),
  zh: google('cmn-CN'),
  'zh-TW': google('cmn-TW'),
  'zh-HK': google('yue-HK'),
  'zh-MO': google('yue-HK'),
  ar: google('ar-XA'),
};
