import { z } from 'zod';
import type { VerificationEvent } from '../event-types.js';
import { codeChannelSchema, ofVerification } from './members.js';

const ended = (description: string) => z.strictObject(ofVerification).meta({ description });

/** What is told of verifications themselves. */
export const VERIFICATION_DATA = {
  'verification.started': z
    .strictObject({
      ...ofVerification,
      channels: z.array(codeChannelSchema).meta({ description: 'The plan, in order' }),
      expiresAt: z.iso.datetime(),
    })
    .meta({ description: 'It was accepted; a code is on its way, where the first channel is not a factor' }),
  'verification.approved': z
    .strictObject({
      ...ofVerification,
      channel: codeChannelSchema.meta({ description: 'The one whose code was typed' }),
    })
    .meta({ description: 'The right code was typed' }),
  'verification.failed': ended('Every attempt was used up by wrong codes'),
  'verification.expired': ended('Its time was over before the right code was typed'),
  'verification.canceled': ended('You canceled it, or it was pending when the ledger was restored from a backup'),
} satisfies Record<VerificationEvent, z.ZodType>;
