import { z } from 'zod';
import { microsOf, type Micros } from '../shared/money.js';

/** More than any application spends in a day; sums stay exact far beyond it. */
const MOST: Micros = 1_000_000_000_000;

const amount = z
  .string()
  .refine((text) => inRails(microsOf(text)), {
    error: 'is a decimal number as text like "50.00", above 0, at most 1000000, with at most six decimals',
  })
  .meta({ description: 'In units of the currency of the prices.', example: '50.00' });

const inRails = (micros: Micros | null) => micros !== null && micros > 0 && micros <= MOST;

/**
 * What an application's messages may cost within any 24 hours, and within any hour besides (R48). `shadow` tells what would be
 * refused and sends it. Sections are not merged: an application that has its own does not have the configuration file's.
 */
export const spendSettingsSchema = z
  .strictObject({ mode: z.enum(['off', 'shadow', 'enforce']), perDay: amount, perHour: amount.optional() })
  .refine(({ perDay, perHour }) => perHour === undefined || (microsOf(perHour) ?? 0) <= (microsOf(perDay) ?? 0), {
    error: 'is more than perDay, and so would never refuse',
    path: ['perHour'],
  })
  .meta({ id: 'SpendSettings' });

export type SpendSettings = z.output<typeof spendSettingsSchema>;
