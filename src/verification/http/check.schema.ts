import { z } from 'zod';
import { CHANNELS } from '../../shared/channel.js';
import { bindingSchema, endUserSchema, purposeSchema, subjectSchema } from './start.schema.js';

/** Exactly ASCII digits, as a string: `"000000"` is a code, the number 0 is not, and nothing is trimmed (R2, R55). */
const codeSchema = z
  .string({ error: 'must be a string of digits' })
  .regex(/^[0-9]{6,10}$/, { error: 'must be 6 to 10 digits' });

export const checkSchema = z
  .strictObject({
    code: codeSchema,
    endUser: endUserSchema.optional(),
    subject: subjectSchema.optional(),
    purpose: purposeSchema.optional(),
    binding: bindingSchema.optional(),
  })
  .meta({ id: 'CheckCode' });
export type CheckBody = z.output<typeof checkSchema>;

export const resendSchema = z
  .strictObject({ channel: z.enum(CHANNELS).optional() })
  .optional()
  .meta({ id: 'ResendCode' });
export type ResendBody = z.output<typeof resendSchema>;

export const approvalSchema = z
  .object({
    id: z.string(),
    status: z.literal('approved'),
    channel: z.enum(CHANNELS),
    approvedAt: z.iso.datetime(),
    token: z.string().meta({ description: 'JWT (EdDSA), valid 120 s; keys under /.well-known/jwks.json' }),
    tokenExpiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Approval' });
export type ApprovalBody = z.output<typeof approvalSchema>;

/** An id that is not ours can not exist: answered without asking anybody. */
export const verificationIdSchema = z.string().regex(/^ver_[A-Za-z0-9_-]{22}$/);
