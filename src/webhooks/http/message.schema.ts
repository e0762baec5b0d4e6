import { z } from 'zod';
import { momentSchema } from '../../platform/http/moment.js';
import { nextCursorSchema, pageQuery } from '../../platform/http/page.js';
import { MESSAGE_STATUSES, type WebhookMessage } from '../application/message-log.js';

export const messageQuerySchema = z.strictObject({
  status: z.enum(MESSAGE_STATUSES).optional().meta({ description: 'Only those.' }),
  ...pageQuery({ usual: 50, most: 200 }),
});
export type MessageQueryParameters = z.output<typeof messageQuerySchema>;

const instant = z.string().meta({ format: 'date-time' });

export const messageSchema = z
  .strictObject({
    eventId: z.string().meta({ description: 'The `webhook-id` of all of its tries.', example: 'evt_4711' }),
    type: z.string().meta({ example: 'verification.approved' }),
    verificationId: z.string().nullable().meta({ description: 'Null where the event is about no verification.' }),
    sequence: z.int().nullable().meta({ description: 'Its place among the events of the verification, from 1.' }),
    status: z.enum(MESSAGE_STATUSES).meta({
      description:
        '`pending`: still owed; it waits while the endpoint is disabled. `delivered`: answered with 2xx. `failed`: given up ' +
        'after the last try.',
    }),
    tries: z.int().meta({ description: 'Since it was recorded, or replayed last.' }),
    lastStatus: z.int().nullable().meta({ description: 'HTTP status of the last answer; null where there was none.' }),
    lastError: z.string().nullable().meta({ description: 'Why the last try failed.' }),
    lastTryAt: instant.nullable(),
    nextTryAt: instant.nullable().meta({ description: 'Not before then; null where none is due.' }),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'WebhookMessage' });

export const messagePageSchema = z
  .strictObject({ messages: z.array(messageSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'WebhookMessages' });
export interface MessagePageBody {
  messages: WebhookMessage[];
  nextCursor?: string;
}

export const replaySchema = z
  .strictObject({
    since: momentSchema.meta({ description: 'Messages recorded from then on.', example: '2026-11-23T06:00:00Z' }),
    status: z.enum(['failed', 'delivered']).default('failed').meta({ description: 'Only those.' }),
    cursor: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The `nextCursor` of the call before: one call replays up to 1,000.' }),
  })
  .meta({ id: 'WebhookReplay' });
export type ReplayBody = z.output<typeof replaySchema>;

export const replayedSchema = z
  .strictObject({ replayed: z.int().meta({ description: 'So many are due now.' }), nextCursor: nextCursorSchema })
  .meta({ id: 'WebhookReplayed' });
