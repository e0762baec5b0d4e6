import { builtInWords } from './built-in-words.js';
import type { Values as TextValues } from './template-text.js';
import type { Binding } from './verification.js';
import type { SpokenWords } from './words/words.js';

/** What is said in a call: words as they are, and digits, which are spoken one by one. `text` is the same to read. */
export interface SpokenText {
  speech: (string | { digits: string })[];
  text: string;
  /** Of the words, which are English where there are none in the recipient's language. */
  locale: string;
}

export interface SpokenParts {
  /** As the recipient's phone should be spoken to: `de` or `de-AT`. */
  locale: string;
  sender: string;
}

/** The code twice, after the payment that it confirms. */
export function sayCode({ code, binding, ...parts }: SpokenParts & { code: string; binding?: Binding | undefined }) {
  return say(binding ? ['payment', 'code'] : ['code'], parts, { ...binding, code: { digits: code } });
}

/** Words of an application's own, twice, too: nobody has a pen at once (R37). */
export function sayTwice(words: string, { code, ...values }: TextValues, locale: string): SpokenText {
  const once = filled(words, { ...values, code: { digits: code } });
  return told([...once, ' ', ...once], locale);
}

/** Who calls, and which key to press; no code is needed for it. */
export const askForKey = (parts: SpokenParts): SpokenText => say(['askForKey'], parts);

/** Why there is no code to hear any more. */
export const sayOver = (why: 'notNeeded' | 'tooLate', parts: SpokenParts): SpokenText => say([why], parts);

type Values = Record<string, SpokenText['speech'][number] | undefined>;

function say(sentences: (keyof SpokenWords)[], { locale, sender }: SpokenParts, values: Values = {}): SpokenText {
  const { words, locale: of } = builtInWords(locale);
  const speech = sentences.flatMap((sentence) => filled(words.spoken[sentence], { ...values, sender }));
  return told(speech, of);
}

function told(speech: SpokenText['speech'], locale: string): SpokenText {
  return { speech, text: speech.map((part) => (typeof part === 'string' ? part : part.digits)).join(''), locale };
}

/** What is put in is not looked at again: a payee may be called {code}. */
const filled = (words: string, values: Values): SpokenText['speech'] =>
  words
    .split(/\{(\w+)\}/)
    .map((part, nth) => (nth % 2 === 1 ? (values[part] ?? '') : part))
    .filter((part) => part !== '');
