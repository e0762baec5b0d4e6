import { z } from 'zod';

/**
 * An option that is read into something else when the process starts, so that a mistake in it is told then, with its path.
 *
 * @param read throws a RangeError that says what is wrong, without quoting the value: it may be a secret.
 */
export const readOption = <Output>(description: string, read: (value: unknown) => Output) =>
  z
    .unknown()
    .transform((value, context): Output => {
      try {
        return read(value);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .meta({ description });

/** A text; numbers and booleans, which YAML tells apart from it, are taken as they are written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    const text = String(value);
    if (text.length > MOST_CHARACTERS) throw new RangeError(`must have at most ${String(MOST_CHARACTERS)} characters`);
    return text;
  }
  throw new RangeError(value === undefined || value === null ? 'is missing' : 'must be a text');
}
const MOST_CHARACTERS = 8_192;

/** A word of the vendor's: `ok`, `0` or `true`. */
export const wordOption = (description: string) => readOption(description, textOf);

/** Exactly one of the named options, which stand for ways of saying one thing. */
export function exactlyOne(names: readonly string[]): (value: object, context: z.core.$RefinementCtx) => void {
  return (value, context) => {
    const given = names.filter((name) => Reflect.get(value, name) !== undefined);
    if (given.length !== 1)
      context.addIssue({ code: 'custom', message: `must have exactly one of ${names.join(', ')}` });
  };
}
