import { ENGLISH, SPOKEN_WORDS, type SpokenWords } from './spoken-words.js';

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

/** The code twice. */
export const sayCode = ({ code, ...parts }: SpokenParts & { code: string }): SpokenText => say('code', parts, code);

/** Who calls, and which key to press; no code is needed for it. */
export const askForKey = (parts: SpokenParts): SpokenText => say('askForKey', parts);

/** Why there is no code to hear any more. */
export const sayOver = (why: 'notNeeded' | 'tooLate', parts: SpokenParts): SpokenText => say(why, parts);

function say(sentence: keyof SpokenWords, { locale, sender }: SpokenParts, code = ''): SpokenText {
  const known = SPOKEN_WORDS[locale.slice(0, 2)];
  const words = (known ?? ENGLISH)[sentence];
  // What is put in is not looked at again: a sender may be called {code}.
  const speech = words
    .split(/(\{sender\}|\{code\})/)
    .map((part) => (part === '{code}' ? { digits: code } : part === '{sender}' ? sender : part))
    .filter((part) => part !== '');
  const text = speech.map((part) => (typeof part === 'string' ? part : part.digits)).join('');
  return { speech, text, locale: known ? locale : 'en' };
}

/** The code twice, to read. */
export const spokenText = (parts: SpokenParts & { code: string }): string => sayCode(parts).text;
