import { z } from 'zod';
import { CODE_CHANNELS } from '../../shared/channel.js';
import { label } from '../../platform/http/text-fields.js';
import type { ProvenApproval } from '../domain/approval.js';

/** Whatever an application was shown as a token is handed on as it is: what it is worth is told by a code, not by a 400. */
export const consumeSchema = z
  .strictObject({
    token: z.string().meta({ description: 'As the check gave it' }),
    subject: label(200).optional().meta({ description: 'Who must have been approved' }),
    purpose: label(64).optional().meta({ description: 'What for' }),
    binding: z
      .strictObject({ amount: label(40), payee: label(140) })
      .optional()
      .meta({ description: 'The payment that must have been confirmed' }),
  })
  .meta({
    id: 'ConsumeToken',
    example: { token: 'eyJhbGciOiJFZERTQSIs…', subject: 'user-4711', purpose: 'change-password' },
  });
export type ConsumeBody = z.output<typeof consumeSchema>;

export const consumedSchema = z
  .object({
    tokenId: z.string().meta({ description: 'The token’s `jti`' }),
    verificationId: z.string(),
    subject: z.string().nullable(),
    purpose: z.string().nullable(),
    amr: z.array(z.string()).meta({ description: 'Authentication methods (RFC 8176): `otp` and the channel' }),
    channel: z.enum(CODE_CHANNELS).meta({ description: 'The one whose code was typed' }),
    approvedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ConsumedToken' });
export type ConsumedBody = z.output<typeof consumedSchema>;

export function consumedBody(approval: ProvenApproval): ConsumedBody {
  const { tokenId, verificationId, subject, purpose, amr, channel, approvedAt, expiresAt } = approval;
  const times = { approvedAt: approvedAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { tokenId, verificationId, subject, purpose, amr, channel, ...times };
}
