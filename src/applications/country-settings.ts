import { z } from 'zod';
import type { AllowedCountries, Countries } from '../shared/country.js';
import { isCountry } from '../shared/country.js';

const SAID = 'is "all", or a list of country codes like ["DE", "AT"] that names none twice';

const isCountries = (said: 'all' | string[]) =>
  said === 'all' || (said.length <= 300 && said.every(isCountry) && new Set(said).size === said.length);

/** A union tells its own complaint only of what none of its types fits, so the list is looked at behind it. */
const countriesSchema = z
  .union([z.literal('all'), z.array(z.string())], { error: SAID })
  .refine(isCountries, { error: SAID });

/**
 * The countries to whose numbers messages may go, apart for SMS and voice (R44). What is absent comes from `defaults` of the
 * configuration file; what is absent there, too, allows none. E-mail belongs to no country.
 */
export const countrySettingsSchema = z
  .strictObject({ sms: countriesSchema.optional(), voice: countriesSchema.optional() })
  .meta({ id: 'CountrySettings' });

export type CountrySettings = z.output<typeof countrySettingsSchema>;

/** Every country, for whoever means it. It must be said: an application that says nothing reaches no phone. */
export const EVERY_COUNTRY = { sms: 'all', voice: 'all' } as const satisfies AllowedCountries;

const NONE: Countries = [];

/** An application's countries over the file's. */
export function effectiveCountries(own: CountrySettings = {}, file: CountrySettings = {}): AllowedCountries {
  return { sms: own.sms ?? file.sms ?? NONE, voice: own.voice ?? file.voice ?? NONE };
}

/** Whether messages may go somewhere now where none went before (R80). */
export const opensCountry = (before: AllowedCountries, after: AllowedCountries): boolean =>
  opens(before.sms, after.sms) || opens(before.voice, after.voice);

function opens(before: Countries, after: Countries): boolean {
  if (before === 'all') return false;
  return after === 'all' || after.some((country) => !before.includes(country));
}
