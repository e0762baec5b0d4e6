import { z } from 'zod';
import { CHANNELS, CODE_CHANNELS } from '../../shared/channel.js';

/** Of a message. */
export const channelSchema = z.enum(CHANNELS);

/** Of a code, which may be a factor's. */
export const codeChannelSchema = z.enum(CODE_CHANNELS);

export const countrySchema = z.string().nullable().meta({ description: 'ISO 3166-1 of the number; null for e-mail' });

/** What every event has. */
export const ofApplication = { applicationId: z.string() };

export const toldVerificationSchema = z
  .strictObject({
    purpose: z.string().nullable(),
    subject: z.string().nullable().meta({ description: 'As the start named it; null once erased' }),
    metadata: z.record(z.string(), z.string()).meta({ description: 'Of the start; empty once erased' }),
    to: z
      .strictObject({ phone: z.string().optional(), email: z.string().optional() })
      .meta({ description: 'Masked; empty once erased', example: { phone: '+49151•••••78' } }),
  })
  .meta({ description: 'The verification that it happened to, as its start named it' });

/** What every event of a verification has. */
export const ofVerification = {
  ...ofApplication,
  verificationId: z.string(),
  sequence: z.int().meta({
    description:
      'Its place among the verification’s events. An endpoint gets them in this order; what it does not listen to is missing',
  }),
  verification: toldVerificationSchema,
};
