/** What a text of a template may name, as in `{code}`. */
export const PLACEHOLDERS = ['code', 'sender', 'application', 'minutes', 'purpose', 'amount', 'payee'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What is put in their places. `amount` and `payee` are of the payment that is confirmed, where there is one. */
export type Values = Record<'code' | 'sender' | 'application' | 'minutes', string> &
  Partial<Record<'purpose' | 'amount' | 'payee', string>>;

const HOLE = /\{([^{}]*)\}/g;

/** The names that stand in braces, in order, those that nobody knows included. */
export const namesIn = (text: string): string[] => Array.from(text.matchAll(HOLE), ([, name = '']) => name);

/** Whether a text tells of the payment that its code confirms (PSD2 dynamic linking). */
export const namesPayment = (text: string): boolean =>
  namesIn(text).some((name) => name === 'amount' || name === 'payee');

/**
 * A text with everything in its place. In one go, so that braces within a value stay what they are.
 *
 * @param written turns a value into what stands in the text, such as HTML.
 */
export const fill = (
  text: string,
  values: Values,
  written: (value: string, name: Placeholder) => string = (value) => value,
): string =>
  text.replace(HOLE, (hole, name: string) => {
    const placeholder = PLACEHOLDERS.find((known) => known === name);
    return placeholder ? written(values[placeholder] ?? '', placeholder) : hole;
  });

/** What would be taken for a part of the code by a phone that fills it in, or by a person. */
const TOUCHES = /[\p{L}\p{N}{}]\{code\}|\{code\}[\p{L}\p{N}{}]/u;

/** What is wrong with what a text names, in words for who wrote it; null when nothing is. */
export function namingProblem(text: string): string | null {
  const names = namesIn(text);
  const unknown = names.find((name) => !PLACEHOLDERS.some((known) => known === name));
  if (unknown !== undefined)
    return `names {${unknown.slice(0, 20)}}; there are {${PLACEHOLDERS.slice(0, -1).join('}, {')}} and {payee}`;
  if (/[{}]/.test(text.replace(HOLE, ''))) return 'has a brace that names nothing';
  const codes = names.filter((name) => name === 'code').length;
  if (codes !== 1) return `names {code} ${codes === 0 ? 'nowhere' : 'more than once'}; it must once`;
  return TOUCHES.test(text) ? 'needs a space or a sign on both sides of {code}, so that phones find it' : null;
}
