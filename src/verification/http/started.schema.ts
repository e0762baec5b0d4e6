import { z } from 'zod';
import { FACTOR_CHANNELS } from '../../shared/channel.js';
import { verificationSchema } from './verification.schema.js';

const subjectFactorSchema = z
  .object({
    id: z.string(),
    channel: z.enum(FACTOR_CHANNELS),
    label: z.string().nullable().meta({ description: 'The person’s name for it' }),
    codesLeft: z.int().nullable().meta({ description: 'Backup codes that are unused; null for an authenticator' }),
    lockedUntil: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Too many codes were wrong: none is looked at before then. Null: it can be tried' }),
  })
  .meta({ id: 'SubjectFactor' });

export const startedSchema = verificationSchema
  .extend({
    factors: z
      .array(subjectFactorSchema)
      .optional()
      .meta({
        description:
          'What the subject has enrolled, oldest first; there where the start names a `subject`. This verification accepts those ' +
          'whose `channel` is among `channels`, and no others',
      }),
  })
  .meta({
    id: 'StartedVerification',
    example: {
      ...{ id: 'ver_UFjgS9m_9TfGdsyKeXhRew', status: 'pending', channels: ['totp', 'sms'], attemptsLeft: 5 },
      ...{ expiresAt: '2030-01-31T12:05:00.000Z', resendAt: '2030-01-31T12:00:00.000Z', deliveries: [] },
      factors: [
        { id: 'fac_rAcmRV8BvWwmyd5vyQBLIA', channel: 'totp', label: 'My phone', codesLeft: null, lockedUntil: null },
      ],
    },
  });
export type StartedBody = z.output<typeof startedSchema>;
