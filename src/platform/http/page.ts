import { z } from 'zod';

interface Sizes {
  usual: number;
  most: number;
}

const limitOf = ({ most }: Sizes) =>
  z
    .int({ error: `is a whole number from 1 to ${String(most)}` })
    .min(1)
    .max(most);

const cursor = z.string().min(1).max(200).optional().meta({ description: 'The `nextCursor` of the page before.' });

/** The body's members that ask for a page. */
export const pageMembers = (sizes: Sizes) => ({
  limit: limitOf(sizes).default(sizes.usual).meta({ description: 'How many on a page.' }),
  cursor,
});

/** In a URL every value is a text, and only a plain number is one: not `1e2`, `0x10` or ` 7`. */
const plainNumber = (value: unknown) => (/^[1-9]\d{0,5}$/.test(String(value)) ? Number(value) : String(value));

/** The query's members that ask for a page. */
export const pageQuery = (sizes: Sizes) => ({
  limit: z
    .preprocess((value) => (value === undefined ? value : plainNumber(value)), limitOf(sizes).default(sizes.usual))
    .meta({ description: 'How many on a page.' }),
  cursor,
});

/** In an answer. */
export const nextCursorSchema = z
  .string()
  .optional()
  .meta({ description: 'Leads to the next page, as `cursor`; absent when there is none.' });
