import { z } from 'zod';
import { CHANNELS } from '../../shared/channel.js';
import { amountText } from '../../shared/money.js';
import type { Spend } from '../application/read-spend.js';

const amount = z.string().meta({ description: 'In units of the currency.', example: '12.40' });

export const spendSchema = z
  .strictObject({
    currency: z.string().nullable(),
    mode: z.enum(['off', 'shadow', 'enforce']),
    windows: z.array(
      z.strictObject({
        window: z.enum(['day', 'hour']).meta({ description: 'The last 24 hours, the last 60 minutes.' }),
        used: amount,
        cap: amount.nullable(),
        percent: z.number().nullable().meta({ description: 'Of the cap; rounded down to a tenth.' }),
      }),
    ),
    last24Hours: z.array(
      z.strictObject({
        channel: z.enum(CHANNELS),
        country: z.string().nullable(),
        messages: z.int(),
        unpriced: z.int().meta({ description: 'Messages for which no price was known; they are in no amount.' }),
        amount,
      }),
    ),
  })
  .meta({ id: 'Spend' });
export type SpendBody = z.output<typeof spendSchema>;

export const spendBody = ({ currency, mode, windows, ways }: Spend): SpendBody => ({
  currency,
  mode,
  windows: windows.map(({ window, used, cap }) => ({
    ...{ window, used: amountText(used), cap: cap === null ? null : amountText(cap) },
    percent: cap ? Math.floor((used * 1_000) / cap) / 10 : null,
  })),
  last24Hours: ways.map(({ channel, country, messages, unpriced, micros }) => ({
    ...{ channel, country, messages, unpriced, amount: amountText(micros) },
  })),
});
