import { isSupportedCountry } from 'libphonenumber-js/max';

/** Whether a text is the code (ISO 3166-1 alpha-2) of a country that has phone numbers of its own. */
export const isCountry = (text: string): boolean => isSupportedCountry(text);

/** Some countries by their codes, or every one there is. Numbers that belong to no country (`ZZ`) are in none of these. */
export type Countries = 'all' | readonly string[];

/** To which countries' numbers messages may go, over each channel that reaches a phone. */
export interface AllowedCountries {
  sms: Countries;
  voice: Countries;
}
