import { z } from 'zod';
import { label } from '../../platform/http/text-fields.js';
import { FACTOR_CHANNELS } from '../../shared/channel.js';
import { FACTOR_STATUSES, TOTP_ALGORITHMS, TOTP_DIGITS, type Factor } from '../domain/factor.js';

export const subjectSchema = label(200).meta({ description: 'Your name for the person', example: 'user-4711' });

export const labelSchema = label(64).meta({ description: 'What the person knows it by', example: 'Work phone' });

const totpSchema = z
  .strictObject({
    algorithm: z.enum(TOTP_ALGORITHMS),
    digits: z.literal(TOTP_DIGITS),
    period: z.int().meta({ description: 'Seconds a code is shown for' }),
  })
  .meta({ id: 'TotpParameters' });

const instant = z.string().meta({ format: 'date-time' });

export const factorSchema = z
  .strictObject({
    id: z.string().meta({ example: 'fac_W1Yp8vXyS0mUu3d2Zb6qkw' }),
    subject: z.string(),
    channel: z.enum(FACTOR_CHANNELS),
    status: z
      .enum(FACTOR_STATUSES)
      .meta({ description: '`pending`: no code of it was typed yet, so it is no factor.' }),
    label: z.string().nullable(),
    totp: totpSchema.nullable().meta({ description: 'Null for backup codes' }),
    codesLeft: z.int().nullable().meta({ description: 'Backup codes that are unused; null for an authenticator' }),
    createdAt: instant,
    activatedAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: 'When a code of it was last taken in for a verification' }),
  })
  .meta({ id: 'Factor' });
export type FactorBody = z.output<typeof factorSchema>;

export function factorBody(factor: Factor): FactorBody {
  const { id, subject, channel, status, label: named, totp, codesLeft, createdAt, activatedAt, lastUsedAt } = factor;
  const times = {
    createdAt: createdAt.toISOString(),
    activatedAt: activatedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
  return { id, subject, channel, status, label: named, totp, codesLeft, ...times };
}

export const factorListSchema = z
  .strictObject({ factors: z.array(factorSchema).meta({ description: 'Oldest first' }) })
  .meta({ id: 'FactorList' });
export interface FactorListBody {
  factors: FactorBody[];
}

export const ofSubjectSchema = z.strictObject({ subject: subjectSchema }).meta({ id: 'FactorSubject' });
export type OfSubjectBody = z.output<typeof ofSubjectSchema>;

export const renameSchema = z
  .strictObject({ label: labelSchema.nullable().meta({ description: 'Null: none' }) })
  .meta({ id: 'FactorLabel' });
export type RenameBody = z.output<typeof renameSchema>;
