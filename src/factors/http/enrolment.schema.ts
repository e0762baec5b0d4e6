import { base32 } from '@otplib/plugin-base32-scure';
import { z } from 'zod';
import { issuerSchema } from '../../applications/factor-settings.js';
import { label } from '../../platform/http/text-fields.js';
import type { ActivatedFactor } from '../application/activate-factor.js';
import type { BegunEnrolment } from '../application/begin-enrolment.js';
import { MOST_TYPED } from '../domain/backup-code.js';
import { PERIOD_SECONDS, TOTP_ALGORITHMS, TOTP_DIGITS } from '../domain/factor.js';
import { TYPED_TOTP } from '../domain/totp-code.js';
import { totpUri } from '../domain/totp-uri.js';
import { factorBody, factorSchema, labelSchema, subjectSchema } from './factor.schema.js';
import { qrCode } from './qr-code.js';

/** Libraries write `sha1` as often. */
const inCapitals = (given: unknown) => (typeof given === 'string' ? given.toUpperCase() : given);

const PERIOD = { error: 'must be a whole number of seconds from 15 to 60' };

export const newFactorSchema = z
  .strictObject({
    subject: subjectSchema,
    label: labelSchema.optional(),
    account: label(64).optional().meta({
      description:
        'Which account it is, as the app shows it: a user name or an address. It is not kept. Absent: `label`, or else `subject`',
      example: 'anna@example.org',
    }),
    issuer: issuerSchema.optional().meta({ description: 'What the app calls you. Absent: what your settings say' }),
    algorithm: z
      .preprocess(inCapitals, z.enum(TOTP_ALGORITHMS, { error: `must be one of ${TOTP_ALGORITHMS.join(', ')}` }))
      .default('SHA1')
      .meta({
        description:
          '`SHA1` when absent. Many apps know that one only, and some take another without a word and count wrong',
      }),
    digits: z.literal(TOTP_DIGITS, { error: 'must be 6, 7 or 8' }).default(6),
    period: z
      .int(PERIOD)
      .min(PERIOD_SECONDS.least, PERIOD)
      .max(PERIOD_SECONDS.most, PERIOD)
      .default(30)
      .meta({ description: 'Seconds a code is shown for' }),
  })
  .meta({ id: 'NewFactor', example: { subject: 'user-4711', label: 'Work phone' } });
export type NewFactorBody = z.output<typeof newFactorSchema>;

export const begunSchema = factorSchema
  .extend({
    secret: z.string().meta({ description: 'Base32, for whoever can not scan. Shown this once' }),
    uri: z.string().meta({ description: '`otpauth://totp/…`, for a link on the phone itself. Shown this once' }),
    qr: z.string().meta({ description: 'The same as a QR code: an SVG to put into your page. Shown this once' }),
    expiresAt: z.string().meta({ format: 'date-time', description: 'Until then it can be activated' }),
  })
  .meta({ id: 'BegunEnrolment' });
export type BegunBody = z.output<typeof begunSchema>;

/** @param account what the app shows beside the issuer. */
export function begunBody({ factor, issuer, secret, expiresAt }: BegunEnrolment, account: string): BegunBody {
  const key = base32.encode(secret, { padding: false });
  const uri = totpUri({ ...factor.totp, issuer, account, secret: key });
  return { ...factorBody(factor), secret: key, uri, qr: qrCode(uri), expiresAt: expiresAt.toISOString() };
}

export const activationSchema = z
  .strictObject({
    code: z
      .string({ error: 'must be a string of digits' })
      .max(MOST_TYPED, { error: `must be at most ${String(MOST_TYPED)} characters` })
      .regex(TYPED_TOTP, { error: 'must be 6 to 8 digits' })
      .meta({ description: 'What the app shows, with or without its groups; a string: leading zeros count' }),
    backupCodes: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether to make ten backup codes, where the subject has none that are unused' }),
  })
  .meta({ id: 'FactorActivation', example: { code: '042917' } });
export type ActivationBody = z.output<typeof activationSchema>;

export const activatedSchema = factorSchema
  .extend({
    backupCodes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Shown this once; null where none were made', example: ['K7QF-2MZA-XW3PD'] }),
  })
  .meta({ id: 'ActivatedFactor' });
export type ActivatedBody = z.output<typeof activatedSchema>;

export const activatedBody = ({ factor, backupCodes }: ActivatedFactor): ActivatedBody => ({
  ...{ ...factorBody(factor), backupCodes },
});
