import { nearest } from './locales.js';
import { namesIn } from './template-text.js';
import { allTextsOf, tellsPayment, type Template } from './templates.js';
import type { Binding } from './verification.js';

/** Whether a text tells what its code is for. */
export const namesPurpose = (text: string): boolean => namesIn(text).includes('purpose');

/** Whether a template tells in any of its texts what its code is for. */
export const tellsPurpose = (template: Template): boolean => allTextsOf(template).some(namesPurpose);

/** The purposes that a template has words for; one that is saved has words for the same ones in each language. */
export const purposesOf = ({ purposes = {} }: Template): string[] => [
  ...new Set(Object.values(purposes).flatMap((words) => Object.keys(words))),
];

/** What `{purpose}` says in a text of a locale; undefined where the template has no words for it. */
export function purposeWords({ purposes = {} }: Template, locale: string, purpose: string | undefined) {
  const words = nearest(purposes, locale)?.words ?? {};
  return purpose !== undefined && Object.hasOwn(words, purpose) ? words[purpose] : undefined;
}

/** Whether a template can say what a start is for, if it says it at all. */
export const canTellPurpose = (template: Template, purpose: string | undefined): boolean =>
  !tellsPurpose(template) || (purpose !== undefined && purposesOf(template).includes(purpose));

/** What a message is about besides its code. */
interface About {
  binding?: Binding | undefined;
  purpose?: string | undefined;
}

/** Nobody is told a code for a payment without the payment, nor a text with holes where payment or purpose should be. */
export const isAsMeant = (template: Template, { binding, purpose }: About): boolean =>
  tellsPayment(template) === (binding !== undefined) && canTellPurpose(template, purpose);
