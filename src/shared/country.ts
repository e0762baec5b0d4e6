import { isSupportedCountry } from 'libphonenumber-js/max';

/** Whether a text is the code (ISO 3166-1 alpha-2) of a country that has phone numbers of its own. */
export const isCountry = (text: string): boolean => isSupportedCountry(text);
