import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http/page.js';
import { CHANNELS } from '../../shared/channel.js';
import { isCountry } from '../../shared/country.js';
import { amountText, microsOf, type Micros } from '../../shared/money.js';
import type { PricePage } from '../application/ports.js';
import { priceIdOf, type Price } from '../domain/price.js';

/** Dearer than any message is: a slip of the decimal point must not use up a cap with one send. */
const DEAREST: Micros = 1_000_000_000;

const amount = z
  .string()
  .refine((text) => (microsOf(text) ?? DEAREST + 1) <= DEAREST, {
    error: 'is a decimal number as text like "0.075", at most 1000 and with at most six decimals',
  })
  .meta({ description: 'Of one message, in units of the currency. "0" is free.', example: '0.075' });

const currencySchema = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), { error: 'is an ISO 4217 code like EUR' })
  .meta({ example: 'EUR' });

const any = 'Absent: any.';

const newPriceSchema = z
  .strictObject({
    channel: z.enum(CHANNELS),
    country: z.string().refine(isCountry, { error: 'is not a country code like DE' }).optional().meta({
      description: any,
    }),
    prefix: z
      .string()
      .regex(/^\+[1-9]\d{0,13}$/, { error: 'is how numbers begin, like +4915' })
      .optional()
      .meta({ description: `How the number begins. ${any}`, example: '+4915' }),
    provider: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: `Id of the provider. ${any}` }),
    amount,
  })
  .refine(({ channel, country, prefix }) => channel !== 'email' || (country ?? prefix) === undefined, {
    error: 'an e-mail has neither country nor prefix',
  })
  .meta({ id: 'NewPrice' });
type NewPrice = z.output<typeof newPriceSchema>;

export const pricesChangeSchema = z
  .strictObject({
    currency: currencySchema,
    prices: z
      .array(newPriceSchema)
      .min(1)
      .max(500)
      .refine((prices) => new Set(prices.map((price) => priceIdOf(priceOf(price)))).size === prices.length, {
        error: 'name the same twice',
      }),
  })
  .meta({ id: 'PricesChange' });
export type PricesChangeBody = z.output<typeof pricesChangeSchema>;

export const pageQuerySchema = z.strictObject(pageQuery({ usual: 100, most: 1_000 }));
export type PageQuery = z.output<typeof pageQuerySchema>;

const tableShape = {
  currency: z.string().nullable().meta({ description: 'Null until the first price.' }),
  version: z.int().meta({ description: 'Of the whole table; also its ETag.' }),
};
export const priceTableSchema = z.strictObject(tableShape).meta({ id: 'PriceTable' });

export const pricePageSchema = z
  .strictObject({
    ...tableShape,
    prices: z.array(
      z.strictObject({
        id: z.string().meta({ example: 'sms:DE:4915:*' }),
        channel: z.enum(CHANNELS),
        country: z.string().nullable(),
        prefix: z.string().nullable(),
        provider: z.string().nullable(),
        amount: z.string(),
      }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'PricePage' });
export type PricePageBody = z.output<typeof pricePageSchema>;

/** A price as somebody sent it. */
export function priceOf({ channel, amount: text, ...of }: NewPrice): Price {
  const { country = null, prefix = null, provider = null } = of;
  return { channel, country, prefix, provider, micros: microsOf(text) ?? 0 };
}

export const pageBody = ({ found, ...table }: PricePage): PricePageBody => ({
  ...table,
  prices: found.map(({ micros, ...price }) => ({ id: priceIdOf(price), ...price, amount: amountText(micros) })),
});
