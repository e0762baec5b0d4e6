import { z } from 'zod';
import { momentSchema } from '../../platform/http/moment.js';
import { nextCursorSchema, pageQuery } from '../../platform/http/page.js';
import type { ListEntry } from '../application/ports.js';
import { LIST_KINDS } from '../domain/listed-value.js';

const MOST_VALUES = 1_000;

export const listOrderSchema = z
  .strictObject({
    kind: z.enum(LIST_KINDS),
    values: z
      .array(z.string().min(1).max(254))
      .min(1)
      .max(MOST_VALUES)
      .meta({ description: 'All of them or none. A body has 16 KiB: about 900 numbers, or more prefixes' }),
    expiresAt: momentSchema.optional().meta({ description: 'Absent: until it is removed' }),
    note: z
      .string()
      .max(300)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'must not hold control characters' })
      .default('')
      .meta({ description: 'Why, for the next person. Nothing personal: it goes into the audit log' }),
  })
  .meta({ id: 'ListOrder', example: { kind: 'prefix', values: ['+49151000'], note: 'pumped on Sunday' } });
export type ListOrderBody = z.output<typeof listOrderSchema>;

export const listSearchSchema = z
  .strictObject({
    phone: z.string().min(1).max(60).optional(),
    email: z.string().min(3).max(254).optional(),
    ip: z.string().min(2).max(64).optional(),
  })
  .refine((listed) => Object.values(listed).filter((value) => value !== undefined).length === 1, {
    error: 'names one of phone, email and ip',
  })
  .meta({ id: 'ListSearch', example: { phone: '+4915112345678' } });
export type ListSearchBody = z.output<typeof listSearchSchema>;

export const listPageSchema = z.strictObject(pageQuery({ usual: 100, most: 1_000 }));
export type ListPage = z.output<typeof listPageSchema>;

const instant = z.string().meta({ format: 'date-time' });

export const listEntrySchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(LIST_KINDS),
    value: z.string().meta({ description: 'Masked where it names a person' }),
    expiresAt: instant.nullable().meta({ description: 'From then on it counts no more; a day later it is gone' }),
    note: z.string(),
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'ListEntry' });

export const listEntriesSchema = z
  .strictObject({ entries: z.array(listEntrySchema), nextCursor: nextCursorSchema })
  .meta({ id: 'ListEntries' });

export interface ListEntriesBody {
  entries: ListEntry[];
  nextCursor?: string;
}
