import { z } from 'zod';
import { subjectSchema } from './factor.schema.js';

const MOST_FACTORS = 50;

const NO_TEXT = { error: 'must be a text' };

const text = (max: number) => z.string(NO_TEXT).max(max, { error: `must be at most ${String(max)} characters` });

const wholeNumber = z.int({ error: 'must be a whole number' });

/** What is wrong with one of them is told of that one alone, so that only the types are asked here. */
const foreignFactorSchema = z
  .strictObject({
    subject: subjectSchema,
    uri: text(4_096).optional().meta({ description: '`otpauth://totp/…`: says all but `subject`' }),
    secret: text(512).optional().meta({ description: 'Base32; case, spaces, hyphens and padding do not matter' }),
    label: text(512).optional().meta({ description: 'Absent: the account that the `uri` names, cut to 64 characters' }),
    issuer: z
      .string(NO_TEXT)
      .optional()
      .meta({ description: 'What the app calls you. It is not kept, and may be anything' }),
    algorithm: text(32).optional().meta({ description: '`SHA1` when absent, `SHA256` or `SHA512`' }),
    digits: wholeNumber.optional().meta({ description: '6 when absent, 7 or 8' }),
    period: wholeNumber.optional().meta({ description: 'Seconds: 30 when absent, 15 to 60' }),
  })
  .meta({ id: 'ForeignFactor' });

const factors = z
  .array(foreignFactorSchema, { error: 'must be a list' })
  .min(1, { error: 'must not be empty' })
  .max(MOST_FACTORS, { error: `must be at most ${String(MOST_FACTORS)}: give the others in another call` });

export const importSchema = z.strictObject({ factors }).meta({
  id: 'FactorImport',
  example: {
    factors: [
      { subject: 'user-4711', uri: 'otpauth://totp/ACME:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=ACME' },
      { subject: 'user-4712', secret: 'gezd gnbv gy3t qojq gezd gnbv gy3t qojq', algorithm: 'SHA256', digits: 8 },
    ],
  },
});
export type ImportBody = z.output<typeof importSchema>;

const id = z.string().meta({ description: 'Of the factor' });
export const importedSchema = z
  .strictObject({
    results: z
      .array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('imported'), id }),
          z
            .strictObject({ kind: z.literal('there-already'), id })
            .meta({ description: 'The subject has this very authenticator' }),
          z.strictObject({ kind: z.literal('refused'), detail: z.string().meta({ description: 'Why' }) }),
        ]),
      )
      .meta({ description: 'In the order in which they were given' }),
  })
  .meta({ id: 'ImportedFactors' });
