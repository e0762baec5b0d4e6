import { z } from 'zod';
import { CHANNELS, CODE_CHANNELS } from '../../shared/channel.js';
import { MOST_TYPED } from '../../factors/domain/backup-code.js';
import { codeProblem } from '../application/check/typed-code.js';
import { bindingSchema, endUserSchema, limitKeysSchema, purposeSchema, subjectSchema } from './start.schema.js';

const codeSchema = z
  .string({ error: 'must be a string' })
  .max(MOST_TYPED, { error: `must be at most ${String(MOST_TYPED)} characters` })
  .meta({
    description:
      'What the person typed, a string: leading zeros count. 6 to 10 digits; of `totp` 6 to 8, with or without groups; a backup code in any case, with or without its groups',
  });

export const checkSchema = z
  .strictObject({
    code: codeSchema,
    channel: z.enum(CODE_CHANNELS).optional().meta({
      description: '`totp` or `backup-code` for a code of a factor; absent, or any other: any code that was sent',
    }),
    endUser: endUserSchema.optional(),
    limitKeys: limitKeysSchema.optional(),
    subject: subjectSchema.optional(),
    purpose: purposeSchema.optional(),
    binding: bindingSchema.optional(),
  })
  .superRefine(({ code, channel }, context) => {
    const message = codeProblem(code, channel);
    if (message !== null) context.addIssue({ code: 'custom', path: ['code'], message });
  })
  .meta({ id: 'CheckCode', example: { code: '042917', purpose: 'login', endUser: { ip: '203.0.113.7' } } });
export type CheckBody = z.output<typeof checkSchema>;

export const checkFactorSchema = z
  .strictObject({
    code: codeSchema,
    purpose: purposeSchema.optional(),
    endUser: endUserSchema.optional(),
    limitKeys: limitKeysSchema.optional(),
  })
  .meta({ id: 'CheckFactor', example: { code: '042917', purpose: 'login', endUser: { ip: '203.0.113.7' } } });
export type CheckFactorBody = z.output<typeof checkFactorSchema>;

export const resendSchema = z
  .strictObject({
    channel: z.enum(CHANNELS).optional().meta({ description: 'Absent: the same as last time' }),
    endUser: endUserSchema.optional(),
    limitKeys: limitKeysSchema.optional(),
  })
  .optional()
  .meta({ id: 'ResendCode', example: { channel: 'voice' } });
export type ResendBody = z.output<typeof resendSchema>;

export const cancelSchema = z.strictObject({}).optional().meta({ id: 'CancelVerification' });
export type CancelBody = z.output<typeof cancelSchema>;

export const approvalSchema = z
  .object({
    id: z.string(),
    status: z.literal('approved'),
    channel: z.enum(CODE_CHANNELS).meta({ description: 'The one whose code was typed' }),
    approvedAt: z.iso.datetime(),
    token: z.string().meta({
      description:
        'Proof for other services: a JWT (EdDSA or ES256, `typ` einmal-approval+jwt, `aud` the application), valid 120 s. ' +
        'POST /v1/tokens/consume takes it in once; keys to verify it are at /.well-known/jwks.json',
    }),
    tokenExpiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Approval' });
export type ApprovalBody = z.output<typeof approvalSchema>;

/** An id that is not ours can not exist: answered without asking anybody. */
export const verificationIdSchema = z.string().regex(/^ver_[A-Za-z0-9_-]{22}$/);
