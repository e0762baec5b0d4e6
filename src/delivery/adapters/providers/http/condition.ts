import { z } from 'zod';
import { readOption, textOf, wordOption } from './option.js';
import { firstMatch, parsePattern } from './pattern.js';
import { placeSchema, readAt, type Item } from './place.js';
import type { Received } from './received.js';

/** Something that must stand somewhere; just stand there when it does not say what. */
export const conditionOptions = {
  where: placeSchema.optional().meta({ description: 'Where to look; without it the whole body' }),
  is: z.array(wordOption('A word')).min(1).optional().meta({ description: 'What must stand there, one of these' }),
  matches: readOption('What must stand there, as a regular expression', (v) => parsePattern(textOf(v))).optional(),
};
export const conditionSchema = z.strictObject(conditionOptions);
export type Condition = z.output<typeof conditionSchema>;

export const saysNothing = ({ where, is, matches }: Condition): boolean => !where && !is && !matches;

export function holds(condition: Condition, received: Received, item?: Item): boolean {
  const { where, is, matches } = condition;
  if (saysNothing(condition)) return true;
  const value = where ? readAt(where, received, item) : received.body.trim();
  if (value === undefined) return false;
  return (!is || is.includes(value)) && (!matches || firstMatch(matches, value) !== undefined);
}
