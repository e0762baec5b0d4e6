/** What a vendor has for a language; for one it has nothing for, English. */
export const voiceFor = <Voice>(voices: { en: Voice; [locale: string]: Voice | undefined }, locale: string): Voice =>
  voices[locale] ?? voices[locale.slice(0, 2)] ?? voices.en;
