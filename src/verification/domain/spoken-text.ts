/** What a call says: the code twice. */
type Words = (parts: { code: string; sender: string }) => string;

const WORDS: { en: Words; [language: string]: Words | undefined } = {
  en: ({ code, sender }) => `Your ${sender} code is ${code}. Once more: ${code}.`,
  de: ({ code, sender }) => `Ihr ${sender}-Code lautet ${code}. Noch einmal: ${code}.`,
};

/** The words of a call in the recipient's language, English where there is none. */
export function spokenText({ locale, ...parts }: { code: string; sender: string; locale: string }): string {
  const words = WORDS[locale] ?? WORDS[locale.slice(0, 2)] ?? WORDS.en;
  return words(parts);
}
