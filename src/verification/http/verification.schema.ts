import { z } from 'zod';
import { DELIVERY_STATUSES } from '../../delivery/domain/delivery.js';
import { momentSchema } from '../../platform/http/moment.js';
import { nextCursorSchema, pageMembers } from '../../platform/http/page.js';
import { CHANNELS, CODE_CHANNELS } from '../../shared/channel.js';
import { VERIFICATION_STATUSES } from '../domain/verification.js';
import { bindingSchema, recipientSchema } from './start.schema.js';

const channel = z.enum(CHANNELS);
const status = z.enum(VERIFICATION_STATUSES);
const instant = z.iso.datetime();

const deliverySchema = z
  .object({
    id: z.string(),
    channel,
    status: z.enum(DELIVERY_STATUSES),
    to: z.string().nullable().meta({ description: 'Masked; null once erased' }),
  })
  .meta({ id: 'Delivery' });

export const verificationSchema = z
  .object({
    id: z.string(),
    status,
    channels: z.array(z.enum(CODE_CHANNELS)).meta({
      description:
        'The plan: messages in this order, each only if the one before fails; and the factors whose codes are accepted. ' +
        'A check of a channel that is not among them is `no-channel`',
    }),
    attemptsLeft: z.int().meta({ description: 'Guesses, over all codes together' }),
    expiresAt: instant,
    resendAt: instant.meta({ description: 'From when on another code may be asked for' }),
    deliveries: z.array(deliverySchema),
  })
  .meta({
    id: 'Verification',
    example: {
      ...{ id: 'ver_UFjgS9m_9TfGdsyKeXhRew', status: 'pending', channels: ['sms', 'voice'], attemptsLeft: 5 },
      ...{ expiresAt: '2030-01-31T12:05:00.000Z', resendAt: '2030-01-31T12:00:30.000Z' },
      deliveries: [{ id: 'dlv_UmNFoDfrK4TXjIa87SeOAQ', channel: 'sms', status: 'queued', to: '+49151•••••78' }],
    },
  });
export type VerificationBody = z.output<typeof verificationSchema>;

const timelineEntrySchema = z
  .object({
    at: instant,
    event: z.string().meta({ description: '`queued`, `submit accepted`, `report failed`, `approved` …; for people' }),
    deliveryId: z.string().optional(),
    channel: z.enum(CODE_CHANNELS).optional(),
    provider: z.string().optional(),
    detail: z.string().optional().meta({ description: 'Why' }),
    encoding: z
      .enum(['gsm7', 'ucs2'])
      .optional()
      .meta({ description: 'Of a text message that was handed over: 7 or 16 bits a character' }),
    segments: z.int().optional().meta({ description: 'Of how many messages it consists, each of which is charged' }),
  })
  .meta({ id: 'TimelineEntry' });

export const historySchema = verificationSchema
  .extend({
    purpose: z.string().nullable(),
    subject: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    approvedChannel: z.enum(CODE_CHANNELS).nullable(),
    factorId: z.string().nullable().meta({ description: 'Whose code approved it, where that was not sent' }),
    createdAt: instant,
    endedAt: instant.nullable(),
    timeline: z.array(timelineEntrySchema),
  })
  .meta({ id: 'VerificationHistory' });
export type HistoryBody = z.output<typeof historySchema>;

export const exportedSchema = historySchema
  .extend({
    binding: bindingSchema.nullable().meta({ description: 'The payment that its messages tell' }),
    endUser: z
      .object({ ip: z.string().nullable(), deviceId: z.string().nullable() })
      .meta({ description: 'As the start told it' }),
    limitKeys: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ExportedVerification' });
export type ExportedBody = z.output<typeof exportedSchema>;

export const searchSchema = z
  .strictObject({
    to: recipientSchema.optional(),
    status: status.optional(),
    from: momentSchema.optional(),
    until: momentSchema.optional(),
    ...pageMembers({ usual: 20, most: 100 }),
  })
  .meta({ id: 'SearchVerifications' });
export type SearchBody = z.output<typeof searchSchema>;

export const foundSchema = z
  .object({
    verifications: z.array(
      verificationSchema.omit({ deliveries: true, attemptsLeft: true }).extend({
        to: z.array(z.string()),
        purpose: z.string().nullable(),
        createdAt: instant,
        endedAt: instant.nullable(),
      }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'FoundVerifications' });
export type FoundBody = z.output<typeof foundSchema>;
