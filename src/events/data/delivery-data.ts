import { z } from 'zod';
import { CAUSES } from '../../delivery/domain/cause.js';
import type { DeliveryEvent } from '../event-types.js';
import { channelSchema, countrySchema, ofVerification } from './members.js';

const delivery = { ...ofVerification, deliveryId: z.string(), channel: channelSchema, country: countrySchema };

const overProvider = {
  ...delivery,
  provider: z.string().nullable().meta({ description: 'Its id in the configuration; null: none could take it' }),
};

const causeSchema = z.enum(CAUSES);

/** What is told of messages. One that was canceled before it was sent is nothing to tell. */
export const DELIVERY_DATA = {
  'delivery.sent': z
    .strictObject(overProvider)
    .meta({ description: 'A provider has the message, or may have it: its answer was lost' }),
  'delivery.delivered': z
    .strictObject({
      ...overProvider,
      late: z.boolean().meta({ description: 'After it had been told as failed or unconfirmed, or was given up' }),
    })
    .meta({ description: 'The provider reports that it arrived' }),
  'delivery.failed': z
    .strictObject({ ...overProvider, cause: causeSchema })
    .meta({ description: 'No provider took it, or the provider reports that it did not arrive' }),
  'delivery.unconfirmed': z.strictObject(overProvider).meta({ description: 'No final report came in time' }),
  'delivery.fallback': z
    .strictObject({
      ...delivery,
      reason: z.string().meta({ description: 'For people, as in the timeline' }),
      after: z
        .strictObject({
          deliveryId: z.string(),
          channel: channelSchema,
          status: z.enum(['failed', 'unconfirmed', 'canceled']),
          cause: causeSchema.nullable(),
        })
        .meta({
          description: 'The message that it stands in for; `canceled`: it was not allowed, or no provider is there',
        }),
    })
    .meta({ description: 'Another message is on its way, because the one before did not arrive' }),
} satisfies Record<DeliveryEvent, z.ZodType>;
