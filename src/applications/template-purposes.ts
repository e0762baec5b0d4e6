import { z } from 'zod';
import { languageOf, nearest } from '../verification/domain/locales.js';
import { namesPurpose, purposesOf, tellsPurpose } from '../verification/domain/purposes.js';
import type { Template } from '../verification/domain/templates.js';
import { byLocale } from './by-locale.js';
import { namedKeys } from './named-keys.js';

/** No digits, of which phones and people would make a part of the code, and no dots, of which they would make links. */
const WORDS = /^\p{L}(?:[\p{L}\p{M} '’-]{0,18}[\p{L}\p{M}])?$/u;

/** What a start may name as its purpose. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,64}$/u;

/** What `{purpose}` says: what the caller names is only looked up, and never said (R62). */
export const purposesSchema = byLocale(
  z
    .record(
      z.string().regex(NAME),
      z.string().regex(WORDS, { error: "is 1 to 20 letters, with spaces, - and ' inside; digits look like the code" }),
      namedKeys('is not a purpose: 1 to 64 visible characters'),
    )
    .refine((words) => Object.keys(words).length <= 20, { error: 'may have at most 20 purposes' }),
).meta({
  description: 'What `{purpose}` says, by locale and by the `purpose` of the start: the same purposes in each language',
  example: { en: { login: 'login', 'new-device': 'a new device' } },
});

/** Why a template could not tell everybody what a code is for; null when it could. */
export function purposeProblem(template: Template): string | null {
  const { purposes } = template;
  if (purposes === undefined)
    return tellsPurpose(template) ? 'names {purpose}, and so needs purposes: its words for each, by locale' : null;
  const all = purposesOf(template);
  for (const [locale, words] of Object.entries(purposes)) {
    const missing = all.find((purpose) => !Object.hasOwn(words, purpose));
    if (missing !== undefined) return `has no words for the purpose ${missing} in ${locale}, and has some in others`;
  }
  const silent = localesOf(template).find((locale) => !nearest(purposes, locale));
  return silent === undefined ? null : `names {purpose} in ${silent}, and has no purposes in ${languageOf(silent)}`;
}

/** All that `{purpose}` may say in a text of a locale, for every country of its language. */
export const wordsForPurpose = ({ purposes = {} }: Template, locale: string): string[] =>
  Object.entries(purposes)
    .filter(([of]) => languageOf(of) === languageOf(locale))
    .flatMap(([, words]) => Object.values(words));

/** The locales in which a template tells what its code is for. */
const localesOf = ({ sms = {}, voice = {}, email = {} }: Template): string[] =>
  [
    ...Object.entries(sms),
    ...Object.entries(voice),
    ...Object.entries(email).flatMap(([locale, { subject, text, html = '' }]) =>
      [subject, text, html].map((words) => [locale, words] as const),
    ),
  ]
    .filter(([, words]) => namesPurpose(words))
    .map(([locale]) => locale);
