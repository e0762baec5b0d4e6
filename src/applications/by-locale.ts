import { z } from 'zod';
import { namedKeys } from './named-keys.js';

const NOT_A_LOCALE = 'is not a locale like de or de-AT';

/** A language, and a country or none. */
export const localeSchema = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: NOT_A_LOCALE });

/** What is said in several languages. */
export const byLocale = <Words extends z.ZodType>(words: Words) =>
  z
    .record(localeSchema, words, namedKeys(NOT_A_LOCALE))
    .refine((all) => Object.keys(all).length <= 40, { error: 'may have at most 40 locales' });
