import { z } from 'zod';

/** One line of text: no control characters, and no half surrogates, which no encoding can keep (Postgres refuses both in JSON). */
export const line = (max: number) =>
  z
    .string({ error: 'must be a text' })
    .max(max, { error: `must be at most ${String(max)} characters` })
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'must not hold control characters' });

/** What callers may name things with. */
export const label = (max: number) => line(max).min(1, { error: 'must not be empty' });
