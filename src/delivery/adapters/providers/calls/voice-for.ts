import { refuse, rejected } from '../outcomes/error-map.js';

/** By language, and by locale where a vendor has more than one voice for it. */
export type Voices<Voice> = { en: Voice } & Record<string, Voice | undefined>;

/** What a vendor has for a locale; undefined where it has nothing for its language: another one would speak it beyond recognition. */
export const voiceFor = <Voice>(voices: Voices<Voice>, locale: string): Voice | undefined =>
  voices[locale] ?? voices[locale.slice(0, 2)];

/** What becomes of a call in words that no voice of this vendor's can speak. The next channel is read, not heard. */
export const NO_VOICE = refuse(rejected('other'), 'no voice for the language');
