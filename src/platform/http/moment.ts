import { z } from 'zod';

const YEARS = { first: 1970, last: 2999 };

/**
 * A moment of a request, as RFC 3339 has it, with `Z` or an offset. What is further away than anybody means is refused: such years
 * and offsets are written in ways that not every reader behind this takes.
 */
export const momentSchema = z.iso
  .datetime({ offset: true, error: 'must be a moment like 2026-11-23T06:00:00Z' })
  .transform((text) => new Date(text))
  .refine((moment) => moment.getUTCFullYear() >= YEARS.first && moment.getUTCFullYear() <= YEARS.last, {
    error: `must be a moment in the years ${String(YEARS.first)} to ${String(YEARS.last)}`,
  });
